import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../adapters/journal/harness.ts";
import { readPair, watchCertificate } from "./certificate.ts";

const certificateIn = (folder: string, name: string) => {
  const settings = { cert: "AVSPARK_FEEDS_TLS_CERT_FILE", key: "AVSPARK_FEEDS_TLS_KEY_FILE" } as const;
  const files = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`), settings };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", files.key];
  execFileSync("openssl", ["req", "-x509", ...key, "-out", files.cert, "-days", "2", "-subj", `/CN=${name}`], {
    stdio: "ignore",
  });
  return files;
};

it("tells of a certificate that expires while it is used, and no more when it is renewed", () => {
  const folder = temporaryFolder();
  const [files, renewed] = [certificateIn(folder, "one"), certificateIn(folder, "two")];
  let now = Date.now();
  let next = (): void => undefined;
  const clock = {
    now: () => now,
    after: (_ms: number, task: () => void) => {
      next = task;
      return () => undefined;
    },
  };
  const told: (string | null)[] = [];
  let taken = 0;
  watchCertificate({
    ...{ files, pair: readPair(files, now), clock },
    onPair: () => {
      taken += 1;
    },
    onProblem: (problem) => told.push(problem && `${problem.kind} ${problem.at}`),
  });
  const look = (): void => next();
  look();
  expect([told, taken]).toEqual([[], 0]);
  const made = now;
  now += 3 * 86_400_000;
  look();
  look();
  expect(told).toEqual(["http-certificate AVSPARK_FEEDS_TLS_CERT_FILE"]);
  now = made;
  copyFileSync(renewed.cert, files.cert);
  look();
  copyFileSync(renewed.key, files.key);
  look();
  // Between the two files nothing was told of what was only half written.
  expect([told, taken]).toEqual([["http-certificate AVSPARK_FEEDS_TLS_CERT_FILE", null], 1]);
});
