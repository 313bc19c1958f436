using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Bias;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>All knowledge, checked and compiled, under one content hash.</summary>
public sealed class KnowledgeBase
{
    /// <summary>SHA-256 over the paths and texts of all files, in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
    public required FactCatalogue Facts { get; init; }
    public required Derivations Derivations { get; init; }
    public required IReadOnlyDictionary<string, Source> Sources { get; init; }
    public required IReadOnlyDictionary<string, Authority> Authorities { get; init; }
    public IReadOnlyDictionary<string, WeightRule> WeightRules { get; init; } = new Dictionary<string, WeightRule>();
    public required IReadOnlyDictionary<string, Condition> Conditions { get; init; }
    public required IReadOnlyDictionary<string, Manifestation> Manifestations { get; init; }
    public required IReadOnlyDictionary<string, Product> Products { get; init; }
    public required IReadOnlyDictionary<string, Study> Studies { get; init; }
    /// <summary>Evidence profiles by the id of their condition.</summary>
    public IReadOnlyDictionary<string, EvidenceProfile> Profiles { get; init; } = new Dictionary<string, EvidenceProfile>();

    /// <summary>Signalling questions of risk-of-bias tools, by tool.</summary>
    public IReadOnlyDictionary<string, BiasQuestions> BiasTools { get; init; } = new Dictionary<string, BiasQuestions>();
    public IReadOnlyList<CostFigure> Costs { get; init; } = [];

    /// <summary>The rules of <c>safety/</c>, by id in order.</summary>
    public required IReadOnlyList<SafetyRule> Rules { get; init; }

    /// <summary>What <c>monitoring/</c> holds.</summary>
    public MonitoringKnowledge Monitoring { get; init; } = new();

    /// <summary>Outcome instruments, by id.</summary>
    public IReadOnlyDictionary<string, Instrument> Instruments { get; init; } = new Dictionary<string, Instrument>();
    public required IReadOnlyList<KnowledgeCase> Cases { get; init; }

    /// <summary>Worked cases beside <c>instruments/</c>.</summary>
    public IReadOnlyList<InstrumentCase> InstrumentCases { get; init; } = [];

    /// <summary>Loads the files of a knowledge folder.</summary>
    /// <param name="files">All YAML files, paths below the folder.</param>
    /// <param name="knowledge">The knowledge; null when there is any problem.</param>
    /// <param name="problems">Every problem found, in the order of file and line.</param>
    public static bool TryLoad(IReadOnlyList<KnowledgeFile> files, [NotNullWhen(true)] out KnowledgeBase? knowledge, out IReadOnlyList<KnowledgeProblem> problems)
    {
        var found = new List<KnowledgeProblem>();
        var (facts, derived) = FactFiles.Read(files, found);
        var loading = new Loading(facts, files, found);
        var loaded = new KnowledgeBase
        {
            Hash = HashOf(files),
            Facts = facts,
            Sources = SourceFiles.Read(loading),
            Derivations = Derivations.Build(loading, derived),
            WeightRules = WeightRuleFiles.Read(loading),
            Authorities = SourceFiles.ReadAuthorities(loading),
            Manifestations = ManifestationFiles.Read(loading),
            Products = ProductFiles.Read(loading),
            Studies = EvidenceFiles.Read(loading),
            Profiles = ProfileFiles.Read(loading),
            BiasTools = BiasFiles.Read(loading),
            Costs = CostFiles.Read(loading),
            Conditions = ConditionFiles.Read(loading),
            Rules = SafetyFiles.Read(loading),
            Monitoring = MonitoringFiles.Read(loading),
            Instruments = InstrumentFiles.Read(loading),
            Cases = CaseFiles.Read(loading, files),
            InstrumentCases = InstrumentCaseFiles.Read(loading, files),
        };
        loading.NothingLeftOut();
        problems = [.. found.OrderBy(p => p.Place.File, StringComparer.Ordinal).ThenBy(p => p.Place.Line)];
        knowledge = problems.Count == 0 ? loaded : null;
        return knowledge is not null;
    }

    /// <summary>One hash for the whole content: the same files give the same hash, whatever the order in which they are given.</summary>
    public static string HashOf(IEnumerable<KnowledgeFile> files)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            var text = file.Text.Replace("\r\n", "\n", StringComparison.Ordinal);
            sha.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\n{Encoding.UTF8.GetByteCount(text)}\n"));
            sha.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
