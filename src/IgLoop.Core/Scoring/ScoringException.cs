namespace IgLoop.Core.Scoring;

/// <summary>Input that cannot be scored: one sentence that says what, where and how to mend it.</summary>
/// <param name="code">
/// <c>unknown_instrument, unknown_item, unknown_input, missing, bad_value, out_of_range, above_item_cap, count, unit_mismatch, not_whole,
/// after_today, duplicate_time</c>, or a code of the instrument.
/// </param>
/// <param name="where">The input in question, as a dotted path.</param>
public sealed class ScoringException(string code, string message, string where) : Exception(message)
{
    public string Code { get; } = code;

    public string Where { get; } = where;
}
