namespace IgLoop.Features.Shell;

/// <summary>
/// Headers of every answer. There is no antiforgery token: a page that has no session, no cookie and stores nothing gives a forged
/// request nothing to act on; <c>form-action</c> and <c>frame-ancestors</c> keep our own form from being pointed or framed elsewhere.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        http.Response.OnStarting(() =>
        {
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";

            // What was typed about a patient comes back in the page: no cache may keep it.
            if (!headers.ContainsKey("Cache-Control") || !HttpMethods.IsGet(http.Request.Method))
            {
                headers.CacheControl = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? "no-cache" : "no-store";
            }

            if (http.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            return Task.CompletedTask;
        });
        return next(http);
    }
}
