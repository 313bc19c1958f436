using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Pictures;

/// <summary>What holds for every picture, whatever it shows.</summary>
public partial class EveryPicture
{
    public static TheoryData<string> Names => [.. Gallery.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void is_well_formed_and_names_itself_to_those_who_hear_it(string name)
    {
        var svg = XElement.Parse(Gallery.All[name].Svg);
        var labels = svg.Attribute("aria-labelledby")!.Value.Split(' ');

        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.All(labels, id => Assert.NotEmpty(svg.Elements().Single(e => e.Attribute("id")?.Value == id).Value));
        Assert.Contains(svg.Elements(), e => e.Name.LocalName == "title" && e.Value == Gallery.All[name].Title);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void obeys_the_strict_content_policy(string name)
    {
        var html = Gallery.All[name].ToHtml();

        Assert.DoesNotContain("style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(HandlerOrLink(), html);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void draws_nothing_outside_its_sheet(string name)
    {
        var svg = XElement.Parse(Gallery.All[name].Svg);
        var (width, height) = (Number(svg, "width"), Number(svg, "height"));
        foreach (var e in svg.Descendants().Where(e => !e.Ancestors().Any(a => a.Name.LocalName is "clipPath" || a.Attribute("clip-path") is not null)))
        {
            foreach (var (x, y) in Points(e))
            {
                Assert.True(x >= -0.5 && x <= width + 0.5 && y >= -0.5 && y <= height + 0.5, $"{e} is outside {width} × {height}");
            }

            if (e.Name.LocalName == "text" && e.Attribute("transform") is null)
            {
                var shown = string.Concat(e.Nodes().OfType<XText>().Select(t => t.Value));
                var wide = IgLoop.Pictures.Show.Width(shown, Number(e, "font-size"), e.Attribute("font-weight") is not null);
                var left = Number(e, "x") - (e.Attribute("text-anchor")!.Value switch { "end" => wide, "middle" => wide / 2, _ => 0 });
                Assert.True(left >= -0.5 && left + wide <= width + 0.5, $"The text '{shown}' is cut off at {left} to {left + wide} of {width}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void writes_no_text_over_another(string name)
    {
        var boxes = XElement.Parse(Gallery.All[name].Svg).Descendants().Where(e => e.Name.LocalName == "text" && e.Attribute("transform") is null).Select(e =>
        {
            var shown = string.Concat(e.Nodes().OfType<XText>().Select(t => t.Value));
            var (size, x, y) = (Number(e, "font-size"), Number(e, "x"), Number(e, "y"));
            var wide = IgLoop.Pictures.Show.Width(shown, size, e.Attribute("font-weight") is not null);
            var left = x - (e.Attribute("text-anchor")!.Value switch { "end" => wide, "middle" => wide / 2, _ => 0 });
            return (Text: shown, Left: left, Right: left + wide, Top: y - (size * 0.75), Bottom: y + (size * 0.2));
        }).Where(b => b.Text.Length > 0).ToList();

        var over = from a in boxes.Index()
                   from b in boxes.Index()
                   where a.Index < b.Index && a.Item.Left < b.Item.Right - 1 && b.Item.Left < a.Item.Right - 1 && a.Item.Top < b.Item.Bottom - 1 && b.Item.Top < a.Item.Bottom - 1
                   select $"'{a.Item.Text}' and '{b.Item.Text}'";

        Assert.Empty(over);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void has_a_table_with_a_cell_for_every_header(string name)
    {
        var table = Gallery.All[name].Table;

        Assert.All(table.Rows, r => Assert.Equal(table.Headers.Count, r.Count));
        Assert.All(table.Rows, r => Assert.NotEmpty(r[0]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void stays_as_it_was_approved(string name) =>
        Approved.Text($"pictures/{name}.svg", Gallery.All[name].Svg.Replace("><", ">\n<", StringComparison.Ordinal) + "\n");

    [Fact]
    public void has_one_style_sheet_which_the_pages_link_and_a_report_carries()
    {
        var sheet = File.ReadAllText(Path.Combine(Web.Chromium.Root, "src", "IgLoop", "wwwroot", "pictures.css"));

        Assert.Equal(sheet, IgLoop.Pictures.Picture.Css);
        Assert.Contains("@Files[\"pictures.css\"]", File.ReadAllText(Path.Combine(Web.Chromium.Root, "src", "IgLoop", "Features", "Shell", "Page.razor")), StringComparison.Ordinal);
    }

    internal static double Number(XElement e, string attribute) => double.Parse(e.Attribute(attribute)?.Value ?? "0", CultureInfo.InvariantCulture);

    internal static IEnumerable<(double X, double Y)> Points(XElement e) => e.Name.LocalName switch
    {
        "line" => [(Number(e, "x1"), Number(e, "y1")), (Number(e, "x2"), Number(e, "y2"))],
        "rect" => [(Number(e, "x"), Number(e, "y")), (Number(e, "x") + Number(e, "width"), Number(e, "y") + Number(e, "height"))],
        "circle" => [(Number(e, "cx"), Number(e, "cy"))],
        "text" => [(Number(e, "x"), Number(e, "y"))],
        "polygon" or "polyline" => e.Attribute("points")!.Value.Split(' ').Select(p => p.Split(',')).Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture))),
        _ => [],
    };

    [GeneratedRegex("""\son[a-z]+=|href=|src=|@import|url\((?!#)""", RegexOptions.IgnoreCase)]
    private static partial Regex HandlerOrLink();
}
