using System.Numerics;

namespace IgLoop.Core.Statistics;

/// <summary>
/// A stream of random numbers that depends on its seed alone: xoshiro256** (Blackman and Vigna, ACM Trans Math Softw 2021;47:36), seeded through SplitMix64.
/// The core never makes one of its own accord: whoever asks for a bootstrap or a simulation hands it in.
/// </summary>
public sealed class Chance
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    public Chance(ulong seed)
    {
        ulong Next()
        {
            var z = seed += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }

        (a, b, c, d) = (Next(), Next(), Next(), Next());
    }

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>At least 0 and below 1, 53 bits.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to n - 1, without bias (Lemire, ACM Trans Model Comput Simul 2019;29:3).</summary>
    public int Below(int n)
    {
        var range = (uint)n;
        var product = (Bits() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = (0u - range) % range;
            while ((uint)product < threshold)
            {
                product = (Bits() >> 32) * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Standard normal, by the quantile of a uniform number: one draw, one number.</summary>
    public double Normal() => Distributions.NormalQuantile((Uniform() * (1 - 1e-15)) + 5e-16);

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    public bool Happens(double probability) => Uniform() < probability;

    /// <summary>Poisson by multiplication (Knuth); for means up to some hundreds.</summary>
    public int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var k = 0;
        for (var p = Uniform(); p > limit; p *= Uniform())
        {
            k++;
        }

        return k;
    }
}
