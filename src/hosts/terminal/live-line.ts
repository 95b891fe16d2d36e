/** A terminal to draw on. */
export type Screen = { readonly columns?: number; write(text: string): unknown };

/** How far the run is, and what is waited for. */
export type LiveText = { readonly state: string; readonly awaited: string };

/** One line on a terminal that says what is waited for, and for how long. */
export type LiveLine = {
  /** From now on. */
  show(text: LiveText): void;
  /** Takes the line away while something else is printed. */
  aside(print: () => void): void;
  end(): void;
};

/** Twice a second: seconds are shown, and a terminal at the end of an `ssh` is slow. */
const REDRAW_MS = 500;
const FALLBACK_COLUMNS = 80;
const CLEAR = '\r\u001b[K';

/** Without a size, as at the end of an `ssh`, a terminal has 0 columns. */
function widthOf({ columns = 0 }: Screen): number {
  return columns > 0 ? columns : FALLBACK_COLUMNS;
}

export function liveLine(screen: Screen, now: () => number): LiveLine {
  const began = now();
  let text: LiveText | undefined;
  let drawn = false;
  const clear = () => {
    if (drawn) screen.write(CLEAR);
    drawn = false;
  };
  const draw = () => {
    if (text === undefined) return;
    const seconds = Math.floor((now() - began) / 1000);
    const elapsed = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    // A line as wide as the terminal wraps, and what has wrapped cannot be taken away.
    const line = `${text.state} ${elapsed}, waiting for ${text.awaited}`;
    screen.write(CLEAR + line.slice(0, widthOf(screen) - 1));
    drawn = true;
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    show(next) {
      text = next;
      if (!drawn) draw();
    },
    aside(print) {
      clear();
      print();
    },
    end() {
      clearInterval(timer);
      clear();
      text = undefined;
    },
  };
}
