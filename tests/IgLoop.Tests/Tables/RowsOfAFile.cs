using IgLoop.Tables;
using Xunit;

namespace IgLoop.Tests.Tables;

public class RowsOfAFile
{
    [Theory]
    [InlineData("a,b\n1,2", ',')]
    [InlineData("a;b\n1,5;2", ';')]
    [InlineData("a\tb\n1,5\t2", '\t')]
    [InlineData("\uFEFFa;b\r\n1;2\r\n", ';')]
    [InlineData("\"a,1,2,3\";b;c\n1;2;3", ';')]
    [InlineData("sep=;\na,x;b\n1;2", ';')]
    public void the_separator_is_the_one_of_the_header_outside_quotes_or_the_one_named_above_it(string text, char separator)
    {
        var read = CsvRows.Read(text);
        Assert.Equal(separator, read.Separator);
        Assert.Equal(2, read.Rows.Count);
        Assert.DoesNotContain('\uFEFF', read.Rows[0].Cells[0]);
    }

    [Fact]
    public void a_row_has_the_number_of_the_spreadsheet_and_the_line_of_the_file()
    {
        var read = CsvRows.Read("a,b\r\n\r\n\"two\nlines\",x\r\n , \r\nlast,y");
        Assert.Equal([(1, 1), (3, 3), (5, 6)], read.Rows.Select(r => (r.Number, r.Line)));
        Assert.Equal("two\nlines", read.Rows[1].Cells[0]);
        Assert.Null(read.Unclosed);
    }

    [Theory]
    [InlineData("a,b\n1,\"open\n2,x\n", 2)]
    [InlineData("a,b\n1,2\n3,\"", 3)]
    [InlineData("a,b\n1,\"\"\"", 2)]
    [InlineData("\"a,b\n1,2", 1)]
    public void a_mark_that_is_never_closed_is_told_with_its_row(string text, int row) => Assert.Equal(row, CsvRows.Read(text).Unclosed?.Number);

    [Fact]
    public void a_mark_inside_a_text_and_doubled_marks_are_text()
    {
        var read = CsvRows.Read("a,b\n5\" tall,\"say \"\"no\"\"\"\n");
        Assert.Equal(["5\" tall", "say \"no\""], read.Rows[1].Cells);
        Assert.Null(read.Unclosed);
    }

    [Theory]
    [InlineData("a;b\n", "0,5", "0.5")]
    [InlineData("a;b\n", "-1,25", "-1.25")]
    [InlineData("a;b\n", "1,2,3", "1,2,3")]
    [InlineData("a;b\n", "1.234,5", "1.234,5")]
    [InlineData("a;b\n", "fever, chills", "fever, chills")]
    [InlineData("a,b\n", "0,5", "0,5")]
    public void a_decimal_comma_is_read_only_where_the_separator_leaves_it_free(string header, string cell, string plain) => Assert.Equal(plain, CsvRows.Read(header).Plain(cell));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public void a_file_with_nothing_in_it_has_no_rows(string text) => Assert.Empty(CsvRows.Read(text).Rows);
}
