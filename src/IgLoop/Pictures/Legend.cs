namespace IgLoop.Pictures;

/// <summary>What the marks of a drawing mean, in as many lines above it as are needed.</summary>
/// <param name="left">Where each line begins.</param>
/// <param name="right">Where each line must end.</param>
public sealed class Legend(double left, double right)
{
    private const double LineHeight = 19;
    private const double Size = 12;

    private readonly List<(double X, int Line, string Text, double Wide, Action<Svg, double, double> Mark)> _keys = [];
    private double _along;
    private int _line;

    /// <summary>Height that the lines take, at least one line.</summary>
    public double Height => (_line + 1) * LineHeight;

    /// <param name="wide">Width of the mark.</param>
    /// <param name="mark">Draws the mark from a left edge about the middle of the line.</param>
    public Legend Key(string text, double wide, Action<Svg, double, double> mark)
    {
        var shown = Show.Fit(text, right - left - wide - 8, Size);
        var width = wide + 6 + Show.Width(shown, Size);
        if (_along > 0 && left + _along + width > right)
        {
            _line++;
            _along = 0;
        }

        _keys.Add((left + _along, _line, shown, wide, mark));
        _along += width + 20;
        return this;
    }

    /// <param name="top">Upper edge of the first line.</param>
    public void Draw(Svg svg, double top)
    {
        ArgumentNullException.ThrowIfNull(svg);
        foreach (var (x, line, text, wide, mark) in _keys)
        {
            var y = top + (line * LineHeight) + (LineHeight / 2);
            mark(svg, x, y);
            svg.Text(x + wide + 6, y + 4, text, size: Size);
        }
    }
}
