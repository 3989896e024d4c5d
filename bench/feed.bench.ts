import { type Bench, type Figure, perSecond } from "./bench.ts";
import type { Publication } from "./feed/messages.ts";
import { measureService } from "./feed/service.ts";

const burst: Publication = {
  channel: "fogis:matches:updates",
  count: 50_000,
  bytes: 2048,
  perSecond: null,
  matches: 2000,
  together: 1,
  news: true,
};
const wantedPerSecond = 15_000;

const burstFigures = async (what: string, given: Partial<Publication>): Promise<readonly Figure[]> => {
  const { rate, lost, cpuMicros, sent } = await measureService({ ...burst, ...given }, [
    "client-output-buffer-limit pubsub 0 0 0",
  ]);
  return [
    {
      what,
      value: perSecond(rate),
      limit: `${perSecond(wantedPerSecond)} or more, none lost`,
      held: rate >= wantedPerSecond && lost === 0,
    },
    {
      what: "  published at; the service's own work for one",
      value: `${perSecond(sent)}; ${Math.round(cpuMicros)} µs`,
    },
  ];
};

const steadyFigures = async (): Promise<readonly Figure[]> => {
  const { lost, reconnects } = await measureService({ ...burst, perSecond: 10_000 }, []);
  return [
    {
      what: "10,000 a second for 5 s under Redis's default limit",
      value: `${lost} lost, ${reconnects} reconnects`,
      limit: "none lost",
      held: lost === 0 && reconnects === 0,
    },
  ];
};

export const bench: Bench = {
  title: `${burst.count} messages of 2 KB at full speed, from publish to journal, Redis's own limit lifted`,
  run: async () => [
    ...(await burstFigures("2,000 matches, the same again and again", { news: false })),
    ...(await burstFigures("2,000 matches, something new each time", {})),
    ...(await burstFigures("each about another match", { matches: burst.count })),
    ...(await steadyFigures()),
  ],
};
