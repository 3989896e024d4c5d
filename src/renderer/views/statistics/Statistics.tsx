import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { IconChartAreaLine, IconRefresh } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { minuteMs } from "../../../shared/duration.ts";
import type { Stats } from "../../../shared/stats.ts";
import { statsRangeSchema } from "../../../shared/stats.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useQuery } from "../../parts/useQuery.ts";
import { useRemembered } from "../../parts/useRemembered.ts";
import { useWords } from "../../words.tsx";
import { ChartPanel } from "./ChartPanel.tsx";
import { chartNames, chartsOf, isEmpty } from "./charts.ts";
import classes from "./Statistics.module.css";

/** How often the figures are fetched anew: long ranges hardly move. */
const refreshMs = { "1h": 10_000, "24h": 10_000, "7d": minuteMs, "30d": minuteMs } as const;

const Charts = ({ stats }: { readonly stats: Stats }) => {
  const { texts } = useWords();
  const charts = useMemo(() => chartsOf(stats, texts), [stats, texts]);
  if (isEmpty(stats))
    return <Empty icon={IconChartAreaLine} title={texts.statistics.empty} about={texts.statistics.emptyAbout} />;
  return (
    <div className={classes.charts}>
      {charts.map((chart) => (
        <ChartPanel key={chart.name} chart={chart} stats={stats} />
      ))}
    </div>
  );
};

const Waiting = () => {
  const { texts } = useWords();
  return (
    <div className={classes.charts} role="status" aria-label={texts.app.loading}>
      {chartNames.map((name) => (
        <Skeleton key={name} height={318} radius="lg" />
      ))}
    </div>
  );
};

/** Counts, times and gaps over an hour, a day, a week or a month. */
export const Statistics = () => {
  const { texts } = useWords();
  const [range, setRange] = useRemembered("statistics.range", statsRangeSchema, "1h");
  const { again, ...query } = useQuery("stats", { range });

  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && again(), refreshMs[range]);
    return () => clearInterval(timer);
  }, [range, again]);

  const words = texts.statistics.range;
  return (
    <Page
      title={texts.app.views.statistics}
      actions={
        <SegmentedControl
          aria-label={words.label}
          data={statsRangeSchema.options.map((value) => ({ value, label: words[value] }))}
          value={range}
          onChange={(value) => setRange(statsRangeSchema.parse(value))}
        />
      }
    >
      {query.state === "loading" && <Waiting />}
      {query.state === "failed" && (
        <ProblemNote problem={query.problem}>
          <Button leftSection={<IconRefresh size={16} aria-hidden="true" />} onClick={again}>
            {texts.app.actions.retry}
          </Button>
        </ProblemNote>
      )}
      {query.state === "ready" && <Charts stats={query.value.stats} />}
    </Page>
  );
};
