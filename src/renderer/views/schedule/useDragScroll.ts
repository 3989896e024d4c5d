import { type MouseEvent, type PointerEvent, type RefObject, useRef } from "react";

/** A hand is never quite still: so far it may move, in pixels, and has pressed all the same. */
const still = 4;

type Grip = { readonly x: number; readonly y: number; readonly left: number; readonly top: number; moved: boolean };

/** Lets the mouse take hold of what is in a scroller and move it. What lies there can be pressed as before. */
export const useDragScroll = (scroller: RefObject<HTMLElement | null>) => {
  const grip = useRef<Grip | null>(null);
  const letGo = (): void => {
    // The click that ends it comes after this.
    setTimeout(() => {
      grip.current = null;
    });
    scroller.current?.removeAttribute("data-dragged");
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      const element = scroller.current;
      // A finger scrolls by itself, and beside the content are the scroll bars.
      if (element === null || event.pointerType !== "mouse" || event.button !== 0 || event.target === element) return;
      const { clientX: x, clientY: y } = event;
      grip.current = { x, y, left: element.scrollLeft, top: element.scrollTop, moved: false };
    },
    onPointerMove: (event: PointerEvent): void => {
      const [element, held] = [scroller.current, grip.current];
      if (element === null || held === null) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved) {
        if (Math.hypot(dx, dy) < still) return;
        held.moved = true;
        element.setPointerCapture(event.pointerId);
        element.setAttribute("data-dragged", "");
      }
      element.scrollTo(held.left - dx, held.top - dy);
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    onClickCapture: (event: MouseEvent): void => {
      if (grip.current?.moved !== true) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
};
