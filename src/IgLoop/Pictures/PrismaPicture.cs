using System.Globalization;
using IgLoop.Core.Literature;

namespace IgLoop.Pictures;

/// <summary>The PRISMA 2020 flow (databases and registers) as a drawing, with its table.</summary>
public static class PrismaPicture
{
    private const double Width = 860;
    private const double LeftX = 56;
    private const double RightX = 476;
    private const double BoxWidth = 360;
    private const double LineHeight = 19;
    private const double Gap = 34;
    private const int MostReasons = 12;

    /// <summary>Phase, what is counted, and the count: the table behind the drawing.</summary>
    public static IReadOnlyList<(string Phase, string What, int N)> Rows(PrismaFlow f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return
        [
            .. f.Databases.Select(d => ("Identification", $"Records identified from the database {d.Source}", d.N)),
            .. f.Registers.Select(r => ("Identification", $"Records identified from the register {r.Source}", r.N)),
            ("Identification", "Duplicate records removed before screening", f.Duplicates),
            ("Screening", "Records screened", f.Screened),
            ("Screening", "Records not yet decided", f.ScreeningOpen),
            ("Screening", "Records excluded", f.ExcludedRecords),
            ("Screening", "Reports sought for retrieval", f.Sought),
            ("Screening", "Reports not retrieved", f.NotRetrieved),
            ("Screening", "Reports assessed for eligibility", f.Assessed),
            ("Screening", "Reports not yet decided", f.AssessmentOpen),
            .. f.ExcludedReports.Select(e => ("Screening", $"Reports excluded: {e.Reason}", e.N)),
            ("Included", "Studies included in the review", f.IncludedStudies),
            ("Included", "Reports of included studies", f.IncludedReports),
        ];
    }

    public static Picture Draw(PrismaFlow f, string title)
    {
        ArgumentNullException.ThrowIfNull(f);
        var reasons = f.ExcludedReports.Take(MostReasons).Select(e => $"   {e.Reason} {N(e.N)}").ToList();
        if (f.ExcludedReports.Count > MostReasons)
        {
            reasons.Add($"   {f.ExcludedReports.Count - MostReasons} other reasons {N(f.ExcludedReports.Skip(MostReasons).Sum(e => e.N))}");
        }

        (string Phase, List<string> Left, List<string>? Right)[] rows =
        [
            ("Identification",
                ["Records identified from:", $"Databases {N(f.Databases.Sum(d => d.N))}", .. f.Databases.Select(d => $"   {d.Source} {N(d.N)}"), $"Registers {N(f.Registers.Sum(r => r.N))}", .. f.Registers.Select(r => $"   {r.Source} {N(r.N)}")],
                ["Records removed before screening:", $"Duplicate records {N(f.Duplicates)}"]),
            ("Screening", [$"Records screened {N(f.Screened)}", .. Open(f.ScreeningOpen)], [$"Records excluded {N(f.ExcludedRecords)}"]),
            ("Screening", [$"Reports sought for retrieval {N(f.Sought)}"], [$"Reports not retrieved {N(f.NotRetrieved)}"]),
            ("Screening", [$"Reports assessed for eligibility {N(f.Assessed)}", .. Open(f.AssessmentOpen)], [$"Reports excluded {N(f.ExcludedReports.Sum(e => e.N))}", .. reasons]),
            ("Included", [$"Studies included in the review {N(f.IncludedStudies)}", $"Reports of included studies {N(f.IncludedReports)}"], null),
        ];
        var heights = rows.Select(r => (Math.Max(r.Left.Count, r.Right?.Count ?? 0) * LineHeight) + 22).ToArray();
        var svg = new Svg(Width, 20 + heights.Sum() + (Gap * (rows.Length - 1)) + 20, title, Words(f), "prisma");
        var y = 20d;
        for (var i = 0; i < rows.Length; i++)
        {
            Box(svg, LeftX, y, heights[i], rows[i].Left);
            if (rows[i].Right is { } right)
            {
                Box(svg, RightX, y, heights[i], right);
                svg.LineTo(LeftX + BoxWidth, y + (heights[i] / 2), RightX - 8, y + (heights[i] / 2), Svg.Quiet, 1.5);
                svg.Polygon([(RightX, y + (heights[i] / 2)), (RightX - 9, y + (heights[i] / 2) - 5), (RightX - 9, y + (heights[i] / 2) + 5)], Svg.Quiet);
            }

            if (i + 1 < rows.Length)
            {
                var (x, end) = (LeftX + (BoxWidth / 2), y + heights[i] + Gap);
                svg.LineTo(x, y + heights[i], x, end - 8, Svg.Quiet, 1.5);
                svg.Polygon([(x, end), (x - 5, end - 9), (x + 5, end - 9)], Svg.Quiet);
            }

            y += heights[i] + Gap;
        }

        y = 20;
        foreach (var phase in rows.Select((r, i) => (r.Phase, Height: heights[i])).GroupBy(p => p.Phase, StringComparer.Ordinal))
        {
            var height = phase.Sum(p => p.Height) + (Gap * (phase.Count() - 1));
            svg.Rect(12, y, 28, height, "#dbe7ee", Svg.Quiet);
            svg.Text(31, y + (height / 2), phase.Key, "middle", 12, bold: true, turn: -90);

            y += height + Gap;
        }

        return new(title, svg.ToString(), new("Numbers of the flow", ["What", "Phase", "Number"], [.. Rows(f).Select(r => (IReadOnlyList<string>)[r.What, r.Phase, Show.Count(r.N)])]));
    }

    private static void Box(Svg svg, double x, double y, double height, List<string> lines)
    {
        svg.Rect(x, y, BoxWidth, height, "#ffffff", Svg.Ink);
        foreach (var (line, i) in lines.Select((l, i) => (l, i)))
        {
            // The count stands at the end: a long name is cut before it, never the number.
            var count = line.LastIndexOf("(n = ", StringComparison.Ordinal);
            var text = count < 0 ? line : $"{Show.Fit(line[..count].TrimEnd(), BoxWidth - 24 - Show.Width(line[count..]))} {line[count..]}";
            var indent = line.Length - line.TrimStart().Length;
            svg.Text(x + 12 + (indent * 6), y + 22 + (i * LineHeight), text.TrimStart(), "start", 13, bold: i == 0);
        }
    }

    private static IEnumerable<string> Open(int n) => n > 0 ? [$"   not yet decided {N(n)}"] : [];

    private static string Words(PrismaFlow f) =>
        $"{N0(f.Identified)} records identified, {N0(f.Duplicates)} duplicates removed, {N0(f.Screened)} records screened, {N0(f.Sought)} reports sought, {N0(f.Assessed)} assessed, {N0(f.IncludedStudies)} studies in {N0(f.IncludedReports)} reports included. The table holds every number.";

    private static string N(int n) => $"(n = {N0(n)})";

    private static string N0(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
