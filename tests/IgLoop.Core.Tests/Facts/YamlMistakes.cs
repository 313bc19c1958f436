using IgLoop.Core.Facts;

namespace IgLoop.Core.Tests.Facts;

/// <summary>A slip in what a clinician types as YAML is told in our words, with its place and how to mend it.</summary>
public class YamlMistakes
{
    [Theory]
    [InlineData("a: 1\n\tb: 2\n", 2, 1, "a tab stands in the indentation; indent with spaces")]
    [InlineData("a: 1\nlist:\n  - {at: 2026-01-01, value: 9\n  - {at: 2026-03-01, value: 6}\n", 3, 5, "the { that opens here is never closed; write }")]
    [InlineData("a: [1, 2\nb: 3\n", 1, 4, "the [ that opens here is never closed; write ]")]
    [InlineData("a: [1, 2}\n", 1, 9, "the [ of line 1, column 4 is closed by }; write ]")]
    [InlineData("a: \"x\nb: 2\n", 1, 4, "the quotation mark \" that opens here is never closed")]
    [InlineData("age: 3\nage: 4\n", 2, 1, "'age' is given twice; keep one of the two")]
    [InlineData("instrument mg_adl\nb: 2\n", 1, 1, "'instrument mg_adl' has no colon")]
    [InlineData("instrument:mg_adl\n", 1, 12, "a space is missing behind the colon of 'instrument:mg_adl'")]
    [InlineData("a: 1\nnote: seen: twice\n", 2, 7, "'note: seen: twice' holds two colons")]
    [InlineData("a: 1\nnote: @home\n", 2, 7, "a value that begins with @ means something else in YAML")]
    [InlineData("a: 1\nnote: *home\n", 2, 7, "a value that begins with * means something else in YAML")]
    [InlineData("{\"a\": 1 \"b\": 2}", 1, 12, "a comma is missing before this place")]
    [InlineData("list:\n  - at: 1\n   value: 9\n", 3, 4, "does not begin in the column of those it belongs to")]
    [InlineData("- a\n- b\n", 1, 1, "the top is a list")]
    [InlineData("a: 1\n---\nb: 2\n", 1, 1, "several documents")]
    public void a_slip_is_named_with_its_place(string text, int line, int column, string says)
    {
        var e = Assert.Throws<YamlMistakeException>(() => YamlText.Mapping(text));

        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (e.Line, e.Column));
    }

    [Theory]
    [InlineData("a: it's 5 o'clock {maybe}\n")]
    [InlineData("a: 'it''s [open'  # a { in a comment\nb: \"a \\\" { b\"\n")]
    [InlineData("at: 2026-11-24T09:30\nlist: [1, {a: 2}]\n")]
    public void marks_inside_texts_are_no_slips(string text) => Assert.NotNull(YamlText.Mapping(text));

    [Fact]
    public void nothing_but_comments_is_no_mapping() => Assert.Null(YamlText.Mapping("# nothing yet\n"));

    /// <summary>Whatever a text is cut off at, the answer is a place in it and never a fault.</summary>
    [Fact]
    public void a_text_cut_off_anywhere_is_read_or_told()
    {
        const string Whole = "instrument: \"mg_adl\"\nassessments:\n  - {at: 2026-01-01, items: {talking: [1, 'x']}}\n  - at: 2026-03-01\n    value: 6\n";
        for (var end = 1; end < Whole.Length; end++)
        {
            try
            {
                YamlText.Mapping(Whole[..end]);
            }
            catch (YamlMistakeException e)
            {
                Assert.InRange(e.Line, 1, 6);
                Assert.False(string.IsNullOrWhiteSpace(e.Message));
            }
        }
    }
}
