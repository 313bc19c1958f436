using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace IgLoop.Tests.Web;

/// <summary>Tests that ask the running site as a browser without script does: a form is sent as it would send it, a page is read as it would read it.</summary>
public abstract class OnRunningSite(RunningSite site) : IClassFixture<RunningSite>
{
    private static readonly HtmlParser Parser = new();

    protected HttpClient Http => site.Http;

    protected async Task<HttpResponseMessage> Post(params (string Name, string Text)[] fields)
    {
        using var body = Body(fields);
        return await site.Http.PostAsync("/", body);
    }

    protected static MultipartFormDataContent Body(params (string Name, string Text)[] fields)
    {
        var body = new MultipartFormDataContent();
        foreach (var (name, text) in fields)
        {
            body.Add(new StringContent(text), name);
        }

        return body;
    }

    protected async Task<IDocument> Get(string path)
    {
        using var reply = await site.Http.GetAsync(path);
        return await Document(reply);
    }

    protected static async Task<IDocument> Document(HttpResponseMessage reply) => Parser.ParseDocument(await reply.Content.ReadAsStringAsync());
}
