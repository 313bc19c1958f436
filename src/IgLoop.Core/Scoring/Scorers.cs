using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring.Composites;
using IgLoop.Core.Scoring.Forms;

namespace IgLoop.Core.Scoring;

/// <summary>Works a result out of the inputs of one request.</summary>
/// <exception cref="ScoringException">The inputs cannot be scored.</exception>
public delegate ScoreResult Scorer(KnowledgeBase knowledge, ScoreInputs inputs);

/// <summary>From the id of a request to what answers it: a rule in code where one is needed, else the instrument's file.</summary>
public static class Scorers
{
    private static readonly Dictionary<string, Scorer> Coded = FormTable.All.Concat(CompositeTable.All).ToDictionary(StringComparer.Ordinal);

    /// <summary>Every id that can be asked for, in order.</summary>
    public static IReadOnlyList<string> Ids(KnowledgeBase knowledge) =>
        [.. Coded.Keys.Concat(knowledge.Instruments.Values.Where(i => i.Totals.Count > 0).SelectMany(i => i.Totals.Select(t => t.Request).OfType<string>().Append(i.Id))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether the id can be asked for.</summary>
    public static bool Scores(KnowledgeBase knowledge, string id) => Coded.ContainsKey(id) || Find(knowledge, id) is not null;

    /// <summary>Scores one request.</summary>
    /// <param name="knowledge">With the instruments.</param>
    /// <param name="instrument">Id of an instrument, of one of its totals, or of a calculation beside it.</param>
    /// <exception cref="ScoringException">The instrument or an input is not known or not possible.</exception>
    public static ScoreResult Score(KnowledgeBase knowledge, string instrument, Given.Map inputs)
    {
        var given = new ScoreInputs(inputs) { Words = ScoreNames.Asked(knowledge, instrument), Expected = ScoreNames.Expected(knowledge, instrument) };
        ScoreResult result;
        try
        {
            result = Found(knowledge, instrument, given);
        }
        catch (ScoringException e) when (e.Code == "missing" && given.Names.Any() && given.Names.All(n => given.IsStrange(n)))
        {
            // Where not one name is known, the names are the mistake, not what they leave missing.
            given.OnlyAsked();
            throw;
        }

        given.OnlyAsked();
        return result with { Instrument = instrument };
    }

    private static ScoreResult Found(KnowledgeBase knowledge, string instrument, ScoreInputs given)
    {
        ScoreResult result;
        if (Coded.TryGetValue(instrument, out var coded))
        {
            result = coded(knowledge, given);
        }
        else if (Find(knowledge, instrument) is { } found)
        {
            result = Addition.Score(found.Instrument, found.Total, given);
        }
        else if (Beside(knowledge, instrument) is { } beside)
        {
            result = beside(given);
        }
        else if (knowledge.Instruments.TryGetValue(instrument, out var known))
        {
            throw NotScored(knowledge, known, "instrument");
        }
        else if (instrument == "megris")
        {
            // The nearest name is EGRIS, which is another model: never suggest it.
            throw new ScoringException("not_scored", "mEGRIS is a later model with other items than EGRIS, and its points were found in no source: work it out on its own form and enter the result where it is asked for.", "instrument");
        }
        else
        {
            throw new ScoringException("unknown_instrument", $"There is no instrument '{instrument}'{Near(instrument, Ids(knowledge))}", "instrument");
        }

        return result;
    }

    /// <summary>The refusal of an instrument that is described only, naming what to use instead.</summary>
    public static ScoringException NotScored(KnowledgeBase knowledge, Instrument described, string where) => new("not_scored", $"{described.Name} is described but not scored here: {described.UsedBy}{(described.Instead is { } other ? $" Use '{other}' ({ScoreNames.Of(knowledge, other)}) instead." : "")}", where);

    /// <summary>The instrument, and the total that is meant when the id names one.</summary>
    public static (Instrument Instrument, ScoreTotal? Total)? Find(KnowledgeBase knowledge, string id)
    {
        if (knowledge.Instruments.TryGetValue(id, out var instrument))
        {
            return instrument.Totals.Count > 0 ? (instrument, null) : null;
        }

        foreach (var other in knowledge.Instruments.Values)
        {
            if (other.Totals.FirstOrDefault(t => t.Request == id) is { } total)
            {
                return (other, total);
            }
        }

        return null;
    }

    /// <summary>The change of any total between two visits (<c>mmt8_change</c>), and what schemes call a total (<c>sledai2k_band</c>).</summary>
    private static Func<ScoreInputs, ScoreResult>? Beside(KnowledgeBase knowledge, string id)
    {
        (Instrument Instrument, ScoreTotal? Total)? Of(string ending) => id.EndsWith(ending, StringComparison.Ordinal) ? Find(knowledge, id[..^ending.Length]) : null;
        return Of("_change") is { Instrument.Changes.Count: > 0 } change ? inputs => Changes.Of(id, change.Instrument, change.Total ?? change.Instrument.Totals[0], inputs)
            : Of("_band") is { Instrument.Schemes.Count: > 0 } band ? inputs => BandOfTotal.Score(band.Instrument, (band.Total ?? band.Instrument.Totals[0]).Id, inputs)
            : null;
    }

    private static string Near(string word, IReadOnlyList<string> known) =>
        Spelling.Nearest(word, known, 1) is [var near] ? $"; did you mean '{near}'?" : "; 'igloop knowledge list instruments' shows them.";
}
