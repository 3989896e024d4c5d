// Electron's fuses: what the binary can do at all, whatever it is told when it is started.

/** @typedef {Readonly<Record<string, boolean>>} Fuses names as @electron/fuses has them */

/**
 * Of no use to those who would run other programs under our name, or read what the window keeps.
 * The asar's integrity is checked by macOS' and Windows' Electron alone: on Linux the fuse is there and does nothing, so it
 * is not claimed.
 * @param {string} platform
 * @returns {Fuses}
 */
export const wantedFuses = (platform) => ({
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableCookieEncryption: true,
  OnlyLoadAppFromAsar: true,
  EnableEmbeddedAsarIntegrityValidation: platform !== "linux",
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
});

/**
 * @param {string} binary
 * @param {string} platform
 */
export const setFuses = async (binary, platform) => {
  const { flipFuses, FuseV1Options, FuseVersion } = await import("@electron/fuses");
  const wanted = Object.entries(wantedFuses(platform)).map(([name, on]) => [
    FuseV1Options[/** @type {keyof typeof FuseV1Options} */ (name)],
    on,
  ]);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // On arm64 a Mac runs nothing whose signature does not fit; the real one follows.
    resetAdHocDarwinSignature: platform === "darwin",
    ...Object.fromEntries(wanted),
  });
};

/**
 * Read back from a built binary, by name.
 * @param {string} binary
 * @returns {Promise<Fuses>}
 */
export const fusesOf = async (binary) => {
  const { FuseState, FuseV1Options, getCurrentFuseWire } = await import("@electron/fuses");
  const wire = await getCurrentFuseWire(binary);
  return Object.fromEntries(
    Object.entries(wire).flatMap(([option, state]) => {
      const name = FuseV1Options[Number(option)];
      return option === "version" || name === undefined ? [] : [[name, state === FuseState.ENABLE]];
    }),
  );
};
