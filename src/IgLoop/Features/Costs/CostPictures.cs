using IgLoop.Core.Costs;
using IgLoop.Pictures;

namespace IgLoop.Features.Costs;

/// <summary>The pictures of an answer about costs.</summary>
public static class CostPictures
{
    public static Picture Tornado(CostAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return TornadoPlot.Draw(new($"One parameter at a time: {answer.OneWay.Measure}", answer.OneWay.Measure, (double)answer.OneWay.Base,
            [.. answer.OneWay.Bars.Select(b => new TornadoRow(Words(b.Parameter), CostText.Number(b.Low), CostText.Number(b.High), (double)b.AtLow, (double)b.AtHigh, b.Range == Origin.Given ? "as given" : "20 % either way (convention of this project)"))]));
    }

    /// <summary>The plane of the draws; null where there are no QALYs or no draws.</summary>
    public static Picture? Plane(CostAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Psa is not { Qaly: not null } psa ? null : CostPlanePlot.Draw(new($"{psa.Draws} draws: difference in cost and in QALYs", "Difference in QALYs", $"Difference in cost, {answer.Model.Currency}", [.. psa.Points.Select(p => (p.Qaly, p.Cost))], [.. answer.Model.Thresholds.Select(t => (double)t)]));
    }

    /// <summary>The acceptability curve; null where there are no QALYs or no draws.</summary>
    public static Picture? Acceptable(CostAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Psa is not { Qaly: not null } psa ? null : AcceptabilityPlot.Draw(new("Share of draws that are worth their cost", $"What a QALY may cost, {answer.Model.Currency}", psa.Acceptability));
    }

    /// <summary>Name of a parameter as people say it.</summary>
    public static string Words(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter switch
        {
            "weight_kg" => "weight, kg",
            "price_per_g" => "price of a gram",
            "price_per_infusion" => "cost of an infusion",
            "qaly_per_responder" => "QALYs of a response",
            "delta_cost" => "difference in cost",
            "delta_qaly" => "difference in QALYs",
            _ when parameter.Split('.') is [var arm, var key] => $"{arm}: {key switch { "g_per_kg" => "g/kg", "other_cost" => "other cost", "response" => "share that responds", "qaly" => "QALYs", _ => key }}",
            _ => parameter,
        };
    }
}
