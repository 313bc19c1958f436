using System.Collections;
using System.Reflection;

namespace IgLoop.Cli.Literature;

/// <summary>Finds what a JSON file left out: the reader of JSON leaves a missing text or list null even where the form needs one.</summary>
internal static class Complete
{
    /// <summary>The path of the first part that must be there and is not, for example <c>$.arms[1].name</c>; null when nothing is missing.</summary>
    public static string? Missing(object? value, string path = "$")
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || value is decimal)
        {
            return null;
        }

        if (value is IDictionary)
        {
            return null;
        }

        if (value is IEnumerable list)
        {
            return list.Cast<object?>().Select((x, i) => x is null ? $"{path}[{i}]" : Missing(x, $"{path}[{i}]")).FirstOrDefault(p => p is not null);
        }

        var nullability = new NullabilityInfoContext();
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0))
        {
            var part = property.GetValue(value);
            var where = $"{path}.{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}";
            if (part is null && !property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.NotNull)
            {
                return where;
            }

            if (Missing(part, where) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }
}
