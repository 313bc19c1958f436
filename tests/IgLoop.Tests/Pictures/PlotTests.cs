using System.Xml.Linq;
using IgLoop.Pictures;

namespace IgLoop.Tests.Pictures;

/// <summary>What each kind of picture shows is where its numbers say.</summary>
public class PlotTests
{
    [Fact]
    public void a_study_of_p_just_at_the_contour_stands_on_its_edge()
    {
        var data = new Funnel("Edge", "Mean difference", [new("A", 1.959963984540054 * 0.5, 0.5), new("B", 0.1, 0.8)], null);
        var picture = FunnelPlot.Draw(data);
        var svg = XElement.Parse(picture.Svg);
        var point = svg.Elements().First(e => e.Name.LocalName == "circle");
        var wedge = EveryPicture.Points(svg.Descendants().Where(e => e.Name.LocalName == "polygon").ElementAt(1)).ToList();
        var (x, y) = (EveryPicture.Number(point, "cx"), EveryPicture.Number(point, "cy"));
        var edge = wedge[0].X + ((wedge[2].X - wedge[0].X) * (y - wedge[0].Y) / (wedge[2].Y - wedge[0].Y));

        Assert.Equal(edge, x, 0.05);
        Assert.Equal("0.05", picture.Table.Rows[0][3]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(60, 8)]
    public void a_funnel_has_a_point_a_study_and_a_hollow_one_for_each_that_is_imputed(int k, int filled)
    {
        var picture = FunnelPlot.Draw(Some.Funnel(k, filled));
        var circles = XElement.Parse(picture.Svg).Elements().Where(e => e.Name.LocalName == "circle").ToList();

        Assert.Equal(k, circles.Count(e => e.Attribute("fill")!.Value == Svg.Accent));
        Assert.Equal(filled, circles.Count(e => e.Attribute("fill")!.Value == "#ffffff") - (filled > 0 ? 1 : 0));
        Assert.Equal(k + filled + 1, picture.Table.Rows.Count);
    }

    [Fact]
    public void a_kaplan_meier_curve_begins_at_all_and_never_rises()
    {
        foreach (var line in XElement.Parse(KaplanMeierPlot.Draw(Some.KaplanMeier(40)).Svg).Elements().Where(e => e.Name.LocalName == "polyline" && e.Attribute("points")!.Value.Split(' ').Length > 4))
        {
            var points = EveryPicture.Points(line).ToList();
            Assert.Equal(points.Min(p => p.Y), points[0].Y);
            Assert.All(points.Zip(points.Skip(1)), p => Assert.True(p.Second.Y >= p.First.Y && p.Second.X >= p.First.X));
        }
    }

    [Fact]
    public void numbers_at_risk_count_those_still_watched()
    {
        var group = new KaplanMeierGroup("All", [new(3, 0.5)], [(2, false), (3, true), (5, false), (5, false)]);
        var picture = KaplanMeierPlot.Draw(new("Relapse", "Weeks", "Without relapse", [group]));

        Assert.Equal([4, 3, 2, 0], new[] { 0.0, 3, 4, 6 }.Select(group.AtRisk));
        Assert.Equal(["All", "3", "3", "1", "0", "0.5", "", ""], picture.Table.Rows[1]);
        Assert.Equal(3, picture.Table.Rows.Count);
    }

    [Fact]
    public void every_value_of_a_trajectory_is_in_its_table_and_inside_its_axes()
    {
        var data = Some.Trajectory(62);
        var picture = TrajectoryPlot.Draw(data);
        var frame = EveryPicture.Points(XElement.Parse(picture.Svg).Descendants().First(e => e.Name.LocalName == "clipPath").Elements().Single()).ToList();

        Assert.Equal(data.Lines.Sum(l => l.Points.Count) + data.Means.Count + data.Thresholds.Count, picture.Table.Rows.Count);
        Assert.All(XElement.Parse(picture.Svg).Descendants().Where(e => e.Name.LocalName == "circle").SelectMany(EveryPicture.Points), p =>
        {
            Assert.InRange(p.X, frame[0].X, frame[1].X);
            Assert.InRange(p.Y, frame[0].Y, frame[1].Y);
        });
    }

    [Fact]
    public void a_total_with_missing_items_is_a_bar_between_its_bounds_and_never_a_point()
    {
        var data = new PatientTrajectory("One", "Score", [new(new(2025, 1, 1), 10), new(new(2025, 2, 1), null, 4, 8), new(new(2025, 3, 1), null)]);
        var picture = PatientTrajectoryPlot.Draw(data);
        var shapes = XElement.Parse(picture.Svg).Elements().ToList();
        var points = shapes.Where(e => e.Name.LocalName == "circle").Skip(1).ToList();

        Assert.Single(points);
        Assert.Equal("unknown", picture.Table.Rows[2][1]);
        Assert.Equal(["1 Feb 2025", "", "4", "8", "", ""], picture.Table.Rows[1]);
    }

    [Fact]
    public void infusions_stand_among_the_assessments_in_order_of_time()
    {
        var rows = PatientTrajectoryPlot.Draw(Some.Patient(12, 13)).Table.Rows;

        Assert.Equal(12 + 13 + 2 + 4, rows.Count);
        Assert.Equal(["14 Jan 2025", "20 Jan 2025", "14 Feb 2025", "17 Feb 2025"], rows.Take(4).Select(r => r[0]));
    }

    [Fact]
    public void a_course_that_ends_before_it_starts_is_refused_by_name()
    {
        var e = Assert.Throws<ArgumentException>(() => SwimmerPlot.Draw(new("x", "Weeks", [new("Patient 7", 5, 3)])));

        Assert.StartsWith("The course 'Patient 7' from 5 to 3 cannot be drawn", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_covariate_beyond_the_threshold_is_called_unbalanced_and_a_missing_one_unknown()
    {
        var rows = LovePlot.Draw(new("Balance", [new("Age", 0.4, 0.1), new("Sex", 0.2, -0.11), new("Lupus nephritis", 0.3, null)])).Table.Rows;

        Assert.Equal(["yes", "no", "unknown"], rows.Select(r => r[3]));
    }

    [Fact]
    public void a_pooled_ratio_above_a_rate_of_one_ends_its_line_there()
    {
        var line = XElement.Parse(LAbbePlot.Draw(Some.LAbbe(3)).Svg).Elements().Single(e => e.Name.LocalName == "polyline");

        Assert.Equal(67, line.Attribute("points")!.Value.Split(' ').Length);
    }

    [Theory]
    [InlineData(0.0, 1e-9)]
    [InlineData(-3e7, 9e9)]
    [InlineData(5.0, 5.0)]
    [InlineData(1e-30, 2e-30)]
    [InlineData(1e200, 3e200)]
    public void ticks_are_few_rising_and_inside(double low, double high)
    {
        var scale = Scale.Holding([low, high], 0, 100);
        var ticks = scale.Ticks();

        Assert.InRange(ticks.Count, 2, 14);
        Assert.Equal(ticks.Order(), ticks);
        Assert.All(ticks, t => Assert.InRange(scale.At(t), -0.01, 100.01));
    }
}
