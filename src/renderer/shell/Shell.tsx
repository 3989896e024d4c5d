import { Skeleton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { ViewName } from "../../shared/bridge.ts";
import { type Place, usePlace } from "../navigation.ts";
import { useLost } from "../parts/Held.tsx";
import { VisuallyHidden } from "../parts/VisuallyHidden.tsx";
import { type Route, routes, type View } from "../routes.tsx";
import { usePhase, useStartProblem, useStrandedSettings } from "../session.ts";
import { overlays } from "../theme/theme.ts";
import { Repair } from "../views/settings/Repair.tsx";
import { Welcome } from "../views/welcome/Welcome.tsx";
import { useWords } from "../words.tsx";
import { Attached } from "./Attached.tsx";
import { Banners } from "./Banners.tsx";
import { Header } from "./Header.tsx";
import { Navigation } from "./Navigation.tsx";
import { Palette } from "./Palette.tsx";
import { Places } from "./Places.tsx";
import classes from "./Shell.module.css";
import { Spoken } from "./Spoken.tsx";
import { ViewBoundary } from "./ViewBoundary.tsx";
import { tellWholeTexts } from "./wholeText.ts";

const Loading = ({ title }: { readonly title: string }) => {
  const { texts } = useWords();
  return (
    <div className={classes.waiting} role="status" aria-label={texts.app.loading}>
      <VisuallyHidden as="h1">{title}</VisuallyHidden>
      <Skeleton height={30} width={180} />
      <Skeleton height={64} />
      <div className={classes.waitingTiles}>
        <Skeleton height={104} />
        <Skeleton height={104} />
        <Skeleton height={104} />
      </div>
      <Skeleton height={320} />
    </div>
  );
};

const StartFailed = () => {
  const { texts } = useWords();
  const problem = useStartProblem();
  const settings = useStrandedSettings();
  if (problem === null) return null;
  return (
    <div className={classes.failed}>
      <h1>
        {problem.kind.startsWith("service-")
          ? texts.attached.start
          : settings.length === 0
            ? texts.app.startFailed
            : texts.desktop.cannotStart}
      </h1>
      <Repair problem={problem} settings={settings} />
    </div>
  );
};

/**
 * Moves the keyboard and the screen reader to the new view when it is another one; not at the first, nor when the view has
 * taken the focus to the one thing it was opened for.
 */
const useFocusOnChange = (view: ViewName | null, main: RefObject<HTMLElement | null>): void => {
  const before = useRef<ViewName | null>(null);
  useEffect(() => {
    if (before.current === view) return;
    const isFirst = before.current === null;
    before.current = view;
    if (isFirst || main.current?.contains(document.activeElement)) return;
    main.current?.focus();
    main.current?.scrollTo(0, 0);
  }, [view, main]);
};

type Shown = { readonly place: Place; readonly View: View };

/**
 * What is shown: the place that is asked for, once its code is there; until then the one before, so that nothing flashes.
 * null: nothing yet.
 */
const useShown = (place: Place, { view, load }: Route): Shown | null => {
  const [views, setViews] = useState<ReadonlyMap<ViewName, View>>(new Map());
  const [shown, setShown] = useState<Shown | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const isLoaded = views.has(view);
  useEffect(() => {
    if (isLoaded) return;
    load().then(
      (loaded) => setViews((before) => new Map(before).set(view, loaded)),
      (error) => setFault(error instanceof Error ? error : new Error(String(error))),
    );
  }, [isLoaded, view, load]);
  if (fault !== null) throw fault;
  const View = views.get(view);
  if (View === undefined) return shown;
  if (shown?.place.view === view && shown.place.id === place.id) return shown;
  const next = { place, View };
  setShown(next);
  return next;
};

type OpenProps = {
  readonly place: Place;
  readonly route: Route;
  readonly main: RefObject<HTMLElement | null>;
};

/** The view that is open. */
const Open = ({ place, route, main }: OpenProps) => {
  const { texts } = useWords();
  const shown = useShown(place, route);
  useFocusOnChange(shown?.place.view ?? null, main);
  if (shown === null) return <Loading title={texts.app.views[route.view]} />;
  return (
    <ViewBoundary key={shown.place.view}>
      <shown.View id={shown.place.id} />
    </ViewBoundary>
  );
};

/** The frame: the views at the left, health above, alerts below that, and the view that is open. */
export const Shell = () => {
  const { texts } = useWords();
  const phase = usePhase();
  const place = usePlace();
  const route = routes.find(({ view }) => view === place.view) ?? routes[0];
  const main = useRef<HTMLElement>(null);
  const lost = useLost() !== null;
  useEffect(() => tellWholeTexts(document), []);
  // Without a menu nobody else does.
  useHotkeys([["mod + P", () => window.print()]], []);
  if (route === undefined) return null;
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {texts.app.landmarks.skip}
      </button>
      <Navigation current={route.view} />
      <div className={classes.top}>{phase === "ready" && <Header />}</div>
      {phase === "ready" && (
        <div className={classes.banners}>
          <Attached />
          <Banners />
        </div>
      )}
      <main ref={main} id="content" tabIndex={-1} className={classes.main} data-lost={lost || undefined}>
        {phase === "loading" && <Loading title={texts.app.views[route.view]} />}
        {phase === "failed" && <StartFailed />}
        {phase === "ready" && (
          <ViewBoundary>
            <Open place={place} route={route} main={main} />
          </ViewBoundary>
        )}
      </main>
      {phase === "ready" && <Spoken />}
      {phase === "ready" && <Palette />}
      {phase === "ready" && <Places />}
      <section id={overlays} aria-label={texts.app.landmarks.overlays} />
      {phase === "ready" && <Welcome />}
    </div>
  );
};
