using IgLoop.Pictures;

namespace IgLoop.Tests.Pictures;

/// <summary>Every picture at its smallest, at a usual and at its largest size, by name.</summary>
public static class Gallery
{
    public static IReadOnlyDictionary<string, Picture> All { get; } = new Dictionary<string, Picture>(StringComparer.Ordinal)
    {
        ["forest-0"] = ForestPlot.Draw(Some.Forest(0)),
        ["forest-1"] = ForestPlot.Draw(Some.Forest(1)),
        ["forest-9"] = ForestPlot.Draw(Some.Forest(9)),
        ["forest-60"] = ForestPlot.Draw(Some.Forest(60)),
        ["forest-groups"] = ForestPlot.Draw(Some.Grouped),
        ["forest-reference"] = ForestPlot.Draw(Some.Forest(5) with { Reference = 0.8, Axis = (0.5, 2) }),
        ["forest-wide"] = ForestPlot.Draw(Some.Wide),
        ["forest-identical"] = ForestPlot.Draw(Some.Identical),
        ["funnel-0"] = FunnelPlot.Draw(Some.Funnel(0)),
        ["funnel-1"] = FunnelPlot.Draw(Some.Funnel(1)),
        ["funnel-60"] = FunnelPlot.Draw(Some.Funnel(60, 8)),
        ["prisma-0"] = PrismaPicture.Draw(Some.Prisma(0, 0, false), "PRISMA flow: nothing found yet"),
        ["prisma-1"] = PrismaPicture.Draw(Some.Prisma(2, 1, false), "PRISMA flow: next to nothing"),
        ["prisma-20"] = PrismaPicture.Draw(Some.Prisma(123_456, 20, false), "PRISMA flow: six digits and twenty reasons"),
        ["prisma-others"] = PrismaPicture.Draw(Some.Prisma(654_321, 30, true), "PRISMA flow: two columns, thirty reasons"),
        ["trajectory-0"] = TrajectoryPlot.Draw(Some.Trajectory(0)),
        ["trajectory-1"] = TrajectoryPlot.Draw(Some.Trajectory(1)),
        ["trajectory-62"] = TrajectoryPlot.Draw(Some.Trajectory(62)),
        ["trajectory-groups"] = TrajectoryPlot.Draw(Some.TwoGroups),
        ["kaplan-meier-0"] = KaplanMeierPlot.Draw(Some.KaplanMeier(0, 1)),
        ["kaplan-meier-1"] = KaplanMeierPlot.Draw(Some.KaplanMeier(1, 1)),
        ["kaplan-meier-40"] = KaplanMeierPlot.Draw(Some.KaplanMeier(40)),
        ["kaplan-meier-groups"] = KaplanMeierPlot.Draw(Some.KaplanMeier(25, 4)),
        ["labbe-0"] = LAbbePlot.Draw(Some.LAbbe(0)),
        ["labbe-1"] = LAbbePlot.Draw(Some.LAbbe(1)),
        ["labbe-60"] = LAbbePlot.Draw(Some.LAbbe(60)),
        ["patient-0"] = PatientTrajectoryPlot.Draw(Some.Patient(0, 0)),
        ["patient-1"] = PatientTrajectoryPlot.Draw(Some.Patient(1, 1)),
        ["patient-12"] = PatientTrajectoryPlot.Draw(Some.Patient(12, 13)),
        ["patient-120"] = PatientTrajectoryPlot.Draw(Some.Patient(120, 130)),
        ["swimmer-0"] = SwimmerPlot.Draw(Some.Swimmer(0)),
        ["swimmer-1"] = SwimmerPlot.Draw(Some.Swimmer(1)),
        ["swimmer-60"] = SwimmerPlot.Draw(Some.Swimmer(60)),
        ["balance-0"] = LovePlot.Draw(Some.Love(0)),
        ["balance-1"] = LovePlot.Draw(Some.Love(1)),
        ["tornado-0"] = TornadoPlot.Draw(Some.Tornado(0)),
        ["tornado-1"] = TornadoPlot.Draw(Some.Tornado(1)),
        ["tornado-60"] = TornadoPlot.Draw(Some.Tornado(60)),
        ["cost-plane-0"] = CostPlanePlot.Draw(Some.CostPlane(0)),
        ["cost-plane-1"] = CostPlanePlot.Draw(Some.CostPlane(1)),
        ["cost-plane-600"] = CostPlanePlot.Draw(Some.CostPlane(600)),
        ["acceptability-0"] = AcceptabilityPlot.Draw(Some.Acceptability(0)),
        ["acceptability-21"] = AcceptabilityPlot.Draw(Some.Acceptability(21)),
        ["balance-60"] = LovePlot.Draw(Some.Love(60)),
    };
}
