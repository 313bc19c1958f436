using IgLoop.Bench;

// Prints ratios against a peer in the same run; machines are noisy, so read the ratio and not the time.
switch (args.FirstOrDefault())
{
    case "criteria":
        return CriteriaBench.Run();
    case "decision":
        return DecisionBench.Run();
    case "meta":
        return MetaBench.Run();
    case "bootstrap":
        return StatisticsBench.BootstrapOfACohort();
    case "mixed":
        return StatisticsBench.Mixed();
    case "coverage":
        return StatisticsBench.Coverage();
    case "cohorts":
        return CohortBench.Run(args.ElementAtOrDefault(1));
    default:
        Console.Error.WriteLine("bench: name a benchmark: criteria | decision | meta | bootstrap | mixed | coverage | cohorts");
        return 2;
}
