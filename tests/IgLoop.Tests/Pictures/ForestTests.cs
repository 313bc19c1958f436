using System.Xml.Linq;
using IgLoop.Pictures;

namespace IgLoop.Tests.Pictures;

public class ForestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(60)]
    public void the_ends_of_the_diamond_are_the_interval_of_the_summary(int k)
    {
        var data = Some.Forest(k);
        var points = Shapes(data, "polygon").Single(e => e.Attribute("fill")!.Value == Svg.Second).Attribute("points")!.Value.Split(' ').Select(p => double.Parse(p.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var axis = AxisOf(data);

        Assert.Equal(axis(0.55), points[0], 0.02);
        Assert.Equal(axis(0.71), points[1], 0.02);
        Assert.Equal(axis(0.92), points[2], 0.02);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void every_study_has_its_box_at_its_estimate_with_an_area_in_proportion_to_its_weight(int k)
    {
        var data = Some.Forest(k);
        var boxes = Boxes(data);
        var axis = AxisOf(data);

        Assert.Equal(k, boxes.Count);
        Assert.All(boxes.Zip(data.Studies), b => Assert.Equal(axis(b.Second.Estimate!.Value), b.First.X + (b.First.Side / 2), 0.03));
        var heaviest = data.Studies.Max(s => s.WeightPercent!.Value);
        var largest = boxes.Max(b => b.Side);
        Assert.All(boxes.Zip(data.Studies).Where(b => b.First.Side > 3.6), b => Assert.Equal(b.Second.WeightPercent!.Value / heaviest, b.First.Side * b.First.Side / (largest * largest), 0.02));
    }

    [Fact]
    public void the_axis_rises_from_left_to_right()
    {
        var (low, high) = ForestPlot.AxisOf(Some.Forest(60));
        var scale = new Scale(low, high, 100, 400, true);
        var places = Enumerable.Range(0, 50).Select(i => scale.At(low * Math.Pow(high / low, i / 49.0))).ToList();

        Assert.Equal(places.Order(), places);
        Assert.All(scale.Ticks(), t => Assert.InRange(scale.At(t), 99.99, 400.01));
    }

    [Fact]
    public void the_prediction_interval_is_drawn_behind_its_diamond()
    {
        var shapes = XElement.Parse(ForestPlot.Draw(Some.Forest(9)).Svg).Elements().ToList();
        var diamond = shapes.FindIndex(e => e.Attribute("fill")?.Value == Svg.Second);
        var bar = shapes[..diamond].FindLast(e => e.Name.LocalName == "rect")!;
        var axis = AxisOf(Some.Forest(9));

        Assert.Equal(axis(0.31), EveryPicture.Number(bar, "x"), 0.02);
        Assert.Equal(axis(1.62), EveryPicture.Number(bar, "x") + EveryPicture.Number(bar, "width"), 0.02);
    }

    [Fact]
    public void an_interval_that_leaves_the_axis_ends_in_an_arrow_and_the_table_has_its_true_end()
    {
        var data = new Forest("One wide", "Odds ratio", [new("Narrow", 1.2, 1.0, 1.44, 95), new("Wide", 3, 0, double.PositiveInfinity, 5)], [new("All", 1.2, 1.0, 1.45)], Log: true);
        var picture = ForestPlot.Draw(data);

        Assert.Equal(2, Shapes(data, "polygon").Count(e => e.Attribute("points")!.Value.Split(' ').Length == 3));
        Assert.Equal(["Wide", "3", "0", "∞", "5", "counted"], picture.Table.Rows[1]);
    }

    [Fact]
    public void a_study_that_is_not_counted_is_shown_with_the_reason()
    {
        var picture = ForestPlot.Draw(Some.Grouped);

        Assert.Contains(picture.Table.Rows, r => r[0] == "Never reported 2010" && r[^1] == "High dose (2 g/kg): not counted, outcome not reported");
        Assert.Contains("outcome not reported", picture.Svg, StringComparison.Ordinal);
        Assert.Contains("Shown, not counted: Open series without a standard deviation 1999 (no standard deviation given).", picture.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void the_table_has_the_numbers_of_every_study_and_summary()
    {
        var data = Some.Grouped;
        var rows = ForestPlot.Draw(data).Table.Rows;

        Assert.Equal(data.Studies.Count + data.Summaries.Count + data.Groups.Count(g => g.Summary is not null), rows.Count);
        Assert.All(data.Studies, s => Assert.Contains(rows, r => r[0] == s.Label && r[1] == Show.Number(s.Estimate) && r[2] == Show.Number(s.Low) && r[3] == Show.Number(s.High)));
    }

    [Fact]
    public void the_reference_line_moves()
    {
        var data = Some.Forest(5) with { Reference = 0.8, Axis = (0.5, 2) };
        var at = AxisOf(data)(0.8);

        Assert.Contains(Shapes(data, "line"), e => Math.Abs(EveryPicture.Number(e, "x1") - at) < 0.02 && Math.Abs(EveryPicture.Number(e, "x2") - at) < 0.02 && e.Attribute("stroke")!.Value == Svg.Quiet);
    }

    [Theory]
    [InlineData(1e-280, 1e280)]
    [InlineData(0, 5)]
    [InlineData(double.NaN, double.NaN)]
    public void extreme_numbers_are_drawn_all_the_same(double low, double high)
    {
        var log = new Forest("Extreme", "Odds ratio", [new("A", 1e250, low, high, 50), new("B", 1e-250, low, high, 50), new("C", double.NaN, low, high, double.NaN)], [], Log: true);
        var linear = new Forest("Extreme", "Mean difference", [new("A", 1e250, low, high, 50), new("B", -1e250, low, high, 50)], [new("All", double.PositiveInfinity, low, high, low, high)]);

        Assert.NotNull(XElement.Parse(ForestPlot.Draw(log).Svg));
        Assert.NotNull(XElement.Parse(ForestPlot.Draw(linear).Svg));
    }

    [Fact]
    public void an_axis_that_cannot_be_is_refused_in_a_sentence()
    {
        var e = Assert.Throws<ArgumentException>(() => ForestPlot.Draw(Some.Forest(2) with { Axis = (0, 2) }));

        Assert.StartsWith("The axis from 0 to 2 cannot be drawn", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_label_of_any_letters_is_shown_as_text()
    {
        var picture = ForestPlot.Draw(new Forest("<b>&\"", "Ratio", [new("<script>alert(1)</script>\u0001\uD83D " + new string('W', 300), 1, 0.5, 2)], [], Log: true));
        var svg = XElement.Parse(picture.Svg);

        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
        Assert.DoesNotContain("<script", picture.ToHtml(), StringComparison.Ordinal);
    }

    private static List<XElement> Shapes(Forest data, string name) => [.. XElement.Parse(ForestPlot.Draw(data).Svg).Elements().Where(e => e.Name.LocalName == name)];

    private static List<(double X, double Side)> Boxes(Forest data) => [.. Shapes(data, "rect").Where(e => e.Attribute("fill")!.Value == Svg.Accent).Select(e => (EveryPicture.Number(e, "x"), EveryPicture.Number(e, "width")))];

    /// <summary>The axis as it was drawn: from its long horizontal line.</summary>
    private static Func<double, double> AxisOf(Forest data)
    {
        var line = Shapes(data, "line").Last(e => e.Attribute("y1")!.Value == e.Attribute("y2")!.Value && Math.Abs(EveryPicture.Number(e, "x2") - EveryPicture.Number(e, "x1") - 330) < 0.02);
        var (low, high) = ForestPlot.AxisOf(data);
        return new Scale(low, high, EveryPicture.Number(line, "x1"), EveryPicture.Number(line, "x2"), data.Log).At;
    }
}
