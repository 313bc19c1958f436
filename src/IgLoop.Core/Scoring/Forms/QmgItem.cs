using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Forms;

/// <summary>
/// Points of single items of the quantitative myasthenia score. Bands are printed for whole numbers: a value between two bands has the
/// points of the band whose lower end it reached (79.5 % scores 1).
/// </summary>
internal static class QmgItem
{
    public static ScoreResult One(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var item = Item(knowledge, inputs);
        var answer = Answer.Read(item, inputs.Value("value"), "value", AnswerSheet.Sex(inputs));
        return Result("qmg_item", item, [answer]) with { Values = [("points", Points(answer))] };
    }

    public static ScoreResult Several(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var item = Item(knowledge, inputs);
        var sex = AnswerSheet.Sex(inputs);
        var values = inputs.Value("values") as Given.List ?? throw inputs.Missing("values", "a list of values");
        var answers = values.Items.Select((v, n) => Answer.Read(item, v, $"values[{n}]", sex)).ToList();
        return Result("qmg_item_table", item, answers) with { Values = [("points", new Given.List([.. answers.Select(Points)]))] };
    }

    private static Given Points(Answer answer) => Given.Of(answer.IsKnown ? answer.Low : (decimal?)null);

    private static ScoreResult Result(string id, InstrumentItem item, IReadOnlyList<Answer> answers) => new()
    {
        Instrument = id,
        Working = [.. answers.Select(a => $"{item.Label}: {a.Shown ?? "unknown"} gives {(a.IsKnown ? ScoreInputs.Show(a.Low) : $"{ScoreInputs.Show(a.Low)} to {ScoreInputs.Show(a.High)}")}")],
        Unverified = item.Provenance.Status == Status.Unverified ? [$"points of {item.Id}"] : [],
    };

    private static InstrumentItem Item(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var items = knowledge.Instruments["qmg"].Items;
        var id = inputs.Text("item") ?? throw inputs.Missing("item", "the id of an item");
        return items.FirstOrDefault(i => i.Id == id)
            ?? throw new ScoringException("unknown_item", $"There is no item '{id}' in qmg{ScoreInputs.Near(id, items.Select(i => i.Id))}", "item");
    }
}
