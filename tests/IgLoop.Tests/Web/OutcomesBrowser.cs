using Microsoft.Playwright;

namespace IgLoop.Tests.Web;

/// <summary>The Outcomes page in a real browser, without script.</summary>
[Collection("browser")]
public class OutcomesBrowser(Chromium chromium)
{
    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task files_give_a_report_that_axe_finds_nothing_wrong_with(int width)
    {
        await using var opened = await chromium.Open("/outcomes", width);
        var page = opened.Page;
        await page.SetInputFilesAsync("#files", Cli.OutcomesPage.Simulated(40).Select(f => new FilePayload { Name = f.Name, MimeType = "text/csv", Buffer = f.Bytes }));
        await page.ClickAsync("text=Show the report");
        await page.WaitForSelectorAsync("#part-methods");

        Assert.True(await page.Locator("figure svg").CountAsync() >= 4);
        await BrowserTests.AssertAccessible(page);
        await BrowserTests.AssertNoSidewaysScrolling(page);
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task a_wrong_file_is_told_by_row_and_column()
    {
        await using var opened = await chromium.Open("/outcomes", script: false);
        var page = opened.Page;
        await page.SetInputFilesAsync("#files", new FilePayload { Name = "c.csv", MimeType = "text/csv", Buffer = "patient,date,kind,name,value,unit\na,2024-01-01,score,sledai,120,"u8.ToArray() });
        await page.ClickAsync("text=Show the report");
        await page.WaitForSelectorAsync(".nhsuk-error-summary");

        Assert.Contains("c.csv, row 2, column value", await page.InnerTextAsync(".nhsuk-error-summary"), StringComparison.Ordinal);
    }
}
