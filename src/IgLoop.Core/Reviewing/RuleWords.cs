using System.Globalization;
using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Reviewing;

/// <summary>When a rule holds, as people say it: "for a first course", "for the goal thrombocytopenia or pancytopenia", "with dermatomyositis".</summary>
internal static class RuleWords
{
    public static string When(KnowledgeBase knowledge, Criterion criterion) => Of(knowledge, criterion.Syntax);

    private static string Of(KnowledgeBase knowledge, Syntax syntax) => syntax switch
    {
        CallSyntax { Name: "or" } either when Goals(either) is { } goals => $"for the goal {Or(goals.Select(g => Goal(knowledge, g)))}",
        CallSyntax { Name: "and" } both => string.Join(" and ", both.Arguments.Select(a => Of(knowledge, a))),
        CallSyntax { Name: "or" } either => Or(either.Arguments.Select(a => Of(knowledge, a))),
        CallSyntax { Name: "not", Arguments: [NameSyntax fact] } => $"without {Inside(Name(knowledge, fact.Name))}",
        CallSyntax { Name: "not", Arguments: [var part] } => $"unless {Of(knowledge, part)}",
        CallSyntax { Name: "=", Arguments: [NameSyntax fact, LiteralSyntax { Value: string value }] } => Chosen(knowledge, fact.Name, value),
        CallSyntax { Arguments: [NameSyntax fact, var limit] } compared when Sign(compared.Name) is { } sign => $"with {Inside(Name(knowledge, fact.Name))} {sign} {Plain(limit)}",
        NameSyntax fact => $"with {Inside(Name(knowledge, fact.Name))}",
        _ => $"when {Plain(syntax)}",
    };

    private static string Chosen(KnowledgeBase knowledge, string fact, string value) => (fact, value) switch
    {
        ("phase", "induction") => "for a first course",
        ("phase", "maintenance") => "for continuation",
        ("goal", _) => $"for the goal {Goal(knowledge, value)}",
        _ => $"with {Inside(Name(knowledge, fact))} {value.Replace('_', ' ')}",
    };

    /// <summary>The goals, where every branch asks for one.</summary>
    private static List<string>? Goals(Syntax syntax) => syntax switch
    {
        CallSyntax { Name: "=", Arguments: [NameSyntax { Name: "goal" }, LiteralSyntax { Value: string goal }] } => [goal],
        CallSyntax { Name: "or" } either when either.Arguments.Select(Goals).ToList() is var parts && parts.TrueForAll(p => p is not null) => [.. parts.SelectMany(p => p!)],
        _ => null,
    };

    private static string Goal(KnowledgeBase knowledge, string id) => Inside(knowledge.Manifestations.GetValueOrDefault(id)?.Name ?? id.Replace('_', ' '));

    private static string Name(KnowledgeBase knowledge, string id) => knowledge.Facts.TryFind(id, out var fact) ? fact.Name : id.Replace('_', ' ');

    private static string? Sign(string name) => name switch { "<" => "below", "<=" => "at most", ">" => "above", ">=" => "at least", "=" => "of", _ => null };

    private static string Plain(Syntax syntax) => CqlText.Of(syntax).Replace("'", "", StringComparison.Ordinal).Replace('_', ' ');

    private static string Or(IEnumerable<string> parts) => string.Join(" or ", parts);

    /// <summary>A name inside a sentence: small first letter unless it is an abbreviation.</summary>
    private static string Inside(string name) => name.Length > 1 && char.IsLower(name[1]) ? char.ToLower(name[0], CultureInfo.InvariantCulture) + name[1..] : name;
}
