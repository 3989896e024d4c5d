import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { CopyButton } from "../parts/CopyButton.tsx";
import { LevelMark } from "../parts/Level.tsx";
import { useWords } from "../words.tsx";
import classes from "./Shell.module.css";

const Fault = ({ error, again }: { readonly error: Error; readonly again: () => void }) => {
  const { texts } = useWords();
  return (
    <div className={classes.fault} role="alert">
      <h1>
        <LevelMark level="critical" />
        {texts.app.viewFailed}
      </h1>
      <p>{texts.app.viewFailedAbout}</p>
      <div className={classes.faultActions}>
        <Button variant="filled" onClick={again}>
          {texts.app.openAgain}
        </Button>
        <CopyButton
          value={`${error.name}: ${error.message}\n${error.stack ?? ""}`}
          label={texts.app.actions.copyDetails}
        />
      </div>
    </div>
  );
};

type State = { readonly error: Error | null };

/** Keeps a fault in one view from taking the rest of the window with it. Only a class can catch in React. */
export class ViewBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Fault error={error} again={() => this.setState({ error: null })} />;
  }
}
