namespace TlsInterop.Harness.Import;

/// <summary>A part of a hello in ssldump's text.</summary>
internal enum SsldumpSection
{
    /// <summary>Before the lists.</summary>
    None,

    /// <summary>The suites.</summary>
    Suites,

    /// <summary>The compression methods.</summary>
    Compression,

    /// <summary>The extensions.</summary>
    Extensions,
}
