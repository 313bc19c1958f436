using IgLoop.Core.Deciding;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Features.Shell;

/// <summary>What every page knows: the knowledge it answers from, how it decides, and the day.</summary>
/// <param name="Knowledge">The knowledge loaded at start.</param>
/// <param name="Profile">What the site has chosen.</param>
/// <param name="Decide">Gives the decision for a chart and a request.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Clock">Where the pages take today's date from.</param>
public sealed record Site(KnowledgeBase Knowledge, SiteProfile Profile, Func<Chart, DecisionRequest, Decision> Decide, string Version, TimeProvider Clock)
{
    /// <summary>Answers one JSON request as <c>igloop decide --ndjson</c> does; wrong requests throw <see cref="Cli.BatchException"/>.</summary>
    public required Func<System.Text.Json.Nodes.JsonObject, System.Text.Json.Nodes.JsonObject> DecideLine { get; init; }

    /// <summary>The files behind the knowledge, for what asks how it would be with one more.</summary>
    public Func<IReadOnlyList<Core.Knowledge.Reading.KnowledgeFile>> KnowledgeFiles { get; init; } = () => [];

    /// <summary>Today in the time zone of the server; only ever the default of a date that the reader can change.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    /// <summary>The first and last characters of the knowledge hash, enough to compare two print-outs.</summary>
    public string ShortHash => Knowledge.Hash.Length > 12 ? $"{Knowledge.Hash[..8]}…{Knowledge.Hash[^4..]}" : Knowledge.Hash;
}
