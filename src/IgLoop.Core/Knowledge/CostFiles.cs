namespace IgLoop.Core.Knowledge;

/// <summary>A published figure on cost, as an example; prices for a calculation come from the user.</summary>
public sealed record CostFigure(string Id, string Kind, string? Citation, IReadOnlyList<string> Lines, Status Status, Place Place);

/// <summary>Reads <c>costs/*.yaml</c>.</summary>
internal static class CostFiles
{
    public static IReadOnlyList<CostFigure> Read(Loading loading)
    {
        var all = new List<CostFigure>();
        foreach (var (_, top) in loading.Open("costs"))
        {
            var kind = top.Text("kind");
            _ = top.Text("warning");
            foreach (var b in top.Inners("rows"))
            {
                all.Add(new(b.Text("id"), kind, b.OptionalText("citation"), b.Lines("data"), b.Name<Status>("status"), b.Place));
                _ = b.OptionalText("provenance_note");
                b.Close();
            }

            top.Close();
        }

        return all;
    }
}
