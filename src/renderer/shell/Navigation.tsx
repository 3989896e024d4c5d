import type { ViewName } from "../../shared/bridge.ts";
import { hrefOf } from "../navigation.ts";
import { Logo } from "../parts/Logo.tsx";
import { places, routes } from "../routes.tsx";
import { useWords } from "../words.tsx";
import classes from "./Navigation.module.css";

/** The views, always at hand. In a narrow window the words go under the icons. */
export const Navigation = ({ current }: { readonly current: ViewName }) => {
  const { texts } = useWords();
  return (
    <nav className={classes.nav} aria-label={texts.app.landmarks.navigation}>
      <div className={classes.brand}>
        <Logo />
        <span className={classes.name}>{texts.app.name}</span>
      </div>
      {places.map((place) => (
        <section key={place} className={classes.place} aria-label={texts.app.places[place]}>
          <p className={classes.group} aria-hidden="true">
            {texts.app.places[place]}
          </p>
          <ul className={classes.list}>
            {routes
              .filter((route) => route.place === place)
              .map(({ view, icon: Icon }) => (
                <li key={view}>
                  <a className={classes.link} href={hrefOf(view)} aria-current={view === current ? "page" : undefined}>
                    <Icon size={19} stroke={1.7} aria-hidden="true" />
                    <span className={classes.label}>{texts.app.views[view]}</span>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
};
