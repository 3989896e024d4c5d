import { Menu, nativeImage, Tray } from "electron";
import type { Health } from "../../shared/snapshot.ts";
import type { Texts } from "../../shared/text/type.ts";

export type TrayState = {
  /** `working` before anything is known. */
  readonly level: Health["level"];
  /** The health sentence, or why the service cannot start. */
  readonly sentence: string;
  /** How many things wait for a person. */
  readonly waiting: number;
  readonly muted: boolean;
};

type TrayOptions = {
  readonly icon: (name: string) => string;
  readonly texts: () => Texts;
  readonly open: () => void;
  readonly openTodo: () => void;
  readonly syncNow: () => void;
  readonly restart: () => void;
  readonly mute: (muted: boolean) => void;
  readonly quit: () => void;
};

/** The icon shows the state, the tooltip says it, the menu does what is most often needed. */
export const createTray = (options: TrayOptions) => {
  const image = (level: Health["level"]) => nativeImage.createFromPath(options.icon(`tray-${level}`));
  const tray = new Tray(image("working"));
  tray.on("click", options.open);
  let shown = "";
  return {
    /** A menu that is open closes when it is made anew, so only what is news is shown. */
    show: ({ level, sentence, waiting, muted }: TrayState): void => {
      const { desktop, today } = options.texts();
      const count = waiting === 0 ? [] : [today.waiting(waiting)];
      const next = JSON.stringify([level, sentence, waiting, muted, desktop.open]);
      if (next === shown) return;
      shown = next;
      tray.setImage(image(level));
      tray.setToolTip(desktop.tooltip([sentence, ...count].join("\n")));
      // Beside the icon, where the system has room for words there.
      tray.setTitle(waiting === 0 ? "" : String(waiting));
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: sentence, enabled: false },
          ...count.map((label) => ({ label, click: options.openTodo })),
          { type: "separator" },
          { label: desktop.open, click: options.open },
          { label: desktop.syncNow, click: options.syncNow },
          { label: desktop.restart, click: options.restart },
          { label: desktop.mute, type: "checkbox", checked: muted, click: (item) => options.mute(item.checked) },
          { type: "separator" },
          { label: desktop.quit, click: options.quit },
        ]),
      );
    },
    destroy: (): void => tray.destroy(),
  };
};
