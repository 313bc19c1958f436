using System.Globalization;
using IgLoop.Core.Literature;

namespace IgLoop.Pictures;

/// <summary>The PRISMA 2020 flow as a drawing, with its table. The column of other methods is drawn when a source was found that way.</summary>
public static class PrismaPicture
{
    private const double LineHeight = 19;
    private const double Gap = 34;
    private const double LeftX = 56;
    private const int MostReasons = 24;
    private const int MostLines = 6;
    private const double Letters = 13;

    /// <summary>Phase, what is counted, and the count: the table behind the drawing.</summary>
    public static IReadOnlyList<(string Phase, string What, int N)> Rows(PrismaFlow f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return
        [
            .. f.Databases.Select(d => ("Identification", $"Records identified from the database {d.Source}", d.N)),
            .. f.Registers.Select(r => ("Identification", $"Records identified from the register {r.Source}", r.N)),
            .. Column(f.Main, ""),
            .. f.Others.Select(o => ("Identification", $"Other methods: records identified from {PrismaFlow.NameOf(o.Method).ToLowerInvariant()}, {o.Source}", o.N)),
            .. f.Other.Identified > 0 ? Column(f.Other, "Other methods: ") : [],
            ("Included", "Studies included in the review", f.IncludedStudies),
            ("Included", "Reports of included studies", f.IncludedReports),
        ];
    }

    public static Picture Draw(PrismaFlow f, string title)
    {
        ArgumentNullException.ThrowIfNull(f);
        var both = f.Other.Identified > 0;
        var box = both ? 262d : 360d;
        (string Phase, List<string>[] Boxes)[] rows =
        [
            ("Identification",
            [
                ["Records identified from:", $"Databases {N(f.Databases.Sum(d => d.N))}", .. f.Databases.Select(d => $"   {d.Source} {N(d.N)}"), $"Registers {N(f.Registers.Sum(r => r.N))}", .. f.Registers.Select(r => $"   {r.Source} {N(r.N)}")],
                ["Records removed before screening:", $"Duplicate records {N(f.Main.Duplicates)}"],
                ["By other methods, records from:", .. f.Others.GroupBy(o => o.Method).SelectMany(g => g.Select(o => $"   {o.Source} {N(o.N)}").Prepend($"{PrismaFlow.NameOf(g.Key)} {N(g.Sum(o => o.N))}"))],
                ["Removed before:", $"Duplicate records {N(f.Other.Duplicates)}"],
            ]),
            ("Screening", Screening(f.Main).Concat(Screening(f.Other)).ToArray()),
            ("Screening", Retrieval(f.Main).Concat(Retrieval(f.Other)).ToArray()),
            ("Screening", Eligibility(f.Main).Concat(Eligibility(f.Other)).ToArray()),
            ("Included", [[$"Studies included in the review {N(f.IncludedStudies)}", $"Reports of included studies {N(f.IncludedReports)}"]]),
        ];
        var columns = both ? 4 : 2;
        var across = both ? 34d : 60d;
        double X(int column) => LeftX + (column * (box + across));
        var texts = rows.Select(r => r.Boxes.Take(columns).Select(b => Wrapped(b, box - 24)).ToList()).ToList();
        static double Tall(List<(string, double, bool)> lines) => (lines.Count * LineHeight) + 22;
        var heights = texts.Select(r => r.Max(Tall)).ToArray();

        // The name of a phase stands upright beside its rows and needs its own length.
        foreach (var phase in rows.Index().GroupBy(r => r.Item.Phase, r => r.Index, StringComparer.Ordinal).Where(g => g.Count() == 1))
        {
            heights[phase.First()] = Math.Max(heights[phase.First()], Show.Width(phase.Key, 12, bold: true) + 16);
        }

        var svg = new Svg(X(columns - 1) + box + 24, 20 + heights.Sum() + (Gap * (rows.Length - 1)) + 20, title, Words(f), "prisma");
        var y = 20d;
        for (var i = 0; i < rows.Length; i++)
        {
            // A long list of reasons makes its row tall, and only its own box.
            var middle = y + (texts[i].Min(Tall) / 2);
            foreach (var (lines, column) in texts[i].Select((b, c) => (b, c)))
            {
                var tall = Tall(lines);
                Box(svg, X(column), y, box, tall, lines);
                if (column % 2 == 1)
                {
                    svg.LineTo(X(column - 1) + box, middle, X(column) - 8, middle, Svg.Quiet, 1.5);
                    svg.Polygon([(X(column), middle), (X(column) - 9, middle - 5), (X(column) - 9, middle + 5)], Svg.Quiet);
                }
                else if (i + 1 < rows.Length && (column == 0 || i + 2 < rows.Length))
                {
                    Down(svg, X(column) + (box / 2), y + tall, y + heights[i] + Gap);
                }
            }

            if (both && i + 1 == rows.Length)
            {
                // What other methods brought joins the same box of included studies.
                var from = y - Gap - heights[i - 1] + Tall(texts[i - 1][2]);
                svg.LineTo(X(2) + (box / 2), from, X(2) + (box / 2), middle, Svg.Quiet, 1.5);
                svg.LineTo(X(2) + (box / 2), middle, X(0) + box + 8, middle, Svg.Quiet, 1.5);
                svg.Polygon([(X(0) + box, middle), (X(0) + box + 9, middle - 5), (X(0) + box + 9, middle + 5)], Svg.Quiet);
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

    private static IEnumerable<(string Phase, string What, int N)> Column(FlowColumn c, string of) =>
    [
        ("Identification", $"{of}Duplicate records removed before screening", c.Duplicates),
        ("Screening", $"{of}Records screened", c.Screened),
        ("Screening", $"{of}Records not yet decided", c.ScreeningOpen),
        ("Screening", $"{of}Records excluded", c.ExcludedRecords),
        ("Screening", $"{of}Reports sought for retrieval", c.Sought),
        ("Screening", $"{of}Reports not retrieved", c.NotRetrieved),
        ("Screening", $"{of}Reports assessed for eligibility", c.Assessed),
        ("Screening", $"{of}Reports not yet decided", c.AssessmentOpen),
        .. c.ExcludedReports.Select(e => ("Screening", $"{of}Reports excluded: {e.Reason}", e.N)),
    ];

    private static List<string>[] Screening(FlowColumn c) => [[$"Records screened {N(c.Screened)}", .. Open(c.ScreeningOpen)], [$"Records excluded {N(c.ExcludedRecords)}"]];

    private static List<string>[] Retrieval(FlowColumn c) => [[$"Reports sought for retrieval {N(c.Sought)}"], [$"Reports not retrieved {N(c.NotRetrieved)}"]];

    private static List<string>[] Eligibility(FlowColumn c)
    {
        var reasons = c.ExcludedReports.Take(MostReasons).Select(e => $"   {e.Reason} {N(e.N)}").ToList();
        if (c.ExcludedReports.Count > MostReasons)
        {
            reasons.Add($"   {c.ExcludedReports.Count - MostReasons} other reasons {N(c.ExcludedReports.Skip(MostReasons).Sum(e => e.N))}");
        }

        return [[$"Reports assessed for eligibility {N(c.Assessed)}", .. Open(c.AssessmentOpen)], [$"Reports excluded {N(c.ExcludedReports.Sum(e => e.N))}", .. reasons]];
    }

    private static void Down(Svg svg, double x, double from, double to)
    {
        svg.LineTo(x, from, x, to - 8, Svg.Quiet, 1.5);
        svg.Polygon([(x, to), (x - 5, to - 9), (x + 5, to - 9)], Svg.Quiet);
    }

    private static void Box(Svg svg, double x, double y, double width, double height, IReadOnlyList<(string Text, double Indent, bool Bold)> lines)
    {
        svg.Rect(x, y, width, height, "#ffffff", Svg.Ink);
        foreach (var (line, i) in lines.Select((l, i) => (l, i)))
        {
            svg.Text(x + 12 + line.Indent, y + 22 + (i * LineHeight), line.Text, "start", Letters, bold: line.Bold);
        }
    }

    /// <summary>The lines of a box, broken between words, since on paper a cut reason is a lost one. A count is never parted, nor cut.</summary>
    private static List<(string Text, double Indent, bool Bold)> Wrapped(List<string> lines, double width)
    {
        var all = new List<(string, double, bool)>();
        foreach (var (line, i) in lines.Select((l, i) => (l, i)))
        {
            var bold = i == 0;
            var indent = (line.Length - line.TrimStart().Length) * 6d;
            var at = line.LastIndexOf("(n = ", StringComparison.Ordinal);
            var count = at < 0 ? "" : line[at..];
            List<string> words = [.. (at < 0 ? line : line[..at]).Split(' ', StringSplitOptions.RemoveEmptyEntries), .. at < 0 ? Array.Empty<string>() : [count]];
            var broken = new List<string> { "" };
            foreach (var word in words)
            {
                var room = width - indent - (broken.Count > 1 ? 10 : 0);
                var longer = broken[^1].Length == 0 ? word : $"{broken[^1]} {word}";
                if (broken[^1].Length == 0 || Show.Width(longer, Letters, bold) <= room)
                {
                    broken[^1] = Show.Fit(longer, room, Letters);
                }
                else
                {
                    broken.Add(Show.Fit(word, room - 10, Letters));
                }
            }

            if (broken.Count > MostLines)
            {
                var last = string.Join(' ', broken.Skip(MostLines - 1)) is var rest && count.Length > 0 ? rest[..^count.Length].TrimEnd() : rest;
                var kept = count.Length > 0 ? $" {count}" : "";
                broken = [.. broken.Take(MostLines - 1), Show.Fit(last, width - indent - 10 - Show.Width(kept, Letters, bold), Letters) + kept];
            }

            all.AddRange(broken.Select((text, k) => (text, indent + (k > 0 ? 10 : 0), bold)));
        }

        return all;
    }

    private static IEnumerable<string> Open(int n) => n > 0 ? [$"   not yet decided {N(n)}"] : [];

    private static string Words(PrismaFlow f) =>
        $"{N0(f.Identified)} records identified, {N0(f.Duplicates)} duplicates removed, {N0(f.Screened)} records screened, {N0(f.Sought)} reports sought, {N0(f.Assessed)} assessed, {N0(f.IncludedStudies)} studies in {N0(f.IncludedReports)} reports included. The table holds every number.";

    private static string N(int n) => $"(n = {N0(n)})";

    private static string N0(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
