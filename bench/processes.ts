import { readFileSync } from "node:fs";

/** What Linux tells of another process. */

/** All that a processor has done for it. It is counted in hundredths of a second (proc(5), fields 14 and 15). */
export const cpuSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const bytesIn = (file: string, name: string): number => {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync(file, "utf8"))?.[1];
  return kilobytes === undefined ? Number.NaN : Number(kilobytes) * 1024;
};

/** In memory now. */
export const residentBytes = (pid: number): number => bytesIn(`/proc/${pid}/status`, "VmRSS");

/** In memory at most since it began. */
export const peakBytes = (pid: number): number => bytesIn(`/proc/${pid}/status`, "VmHWM");
