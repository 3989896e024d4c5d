import { csvOf } from "../../../shared/table.ts";
import { saveFile } from "../../parts/save.ts";
import { type Chart, chartTable } from "./charts.ts";

export const saveCsv = (chart: Chart, fromLabel: string): void =>
  saveFile(`avspark-${chart.name}.csv`, new Blob([csvOf(chartTable(chart, fromLabel), ",")], { type: "text/csv" }));

const copied = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "font-size",
  "text-anchor",
] as const;

/** A copy whose looks no longer depend on the page's styles and variables. */
const standalone = (drawn: SVGSVGElement): SVGSVGElement => {
  const copy = drawn.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error("The copy of a drawing is a drawing.");
  const originals = drawn.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => {
    const original = originals[index];
    if (original === undefined || element.closest("defs") !== null) return;
    const style = getComputedStyle(original);
    for (const name of copied) element.setAttribute(name, style.getPropertyValue(name));
  });
  for (const [index, path] of [...copy.querySelectorAll("pattern path")].entries()) {
    const original = drawn.querySelectorAll("pattern path")[index];
    if (original !== undefined) path.setAttribute("stroke", getComputedStyle(original).stroke);
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "sans-serif");
  return copy;
};

const pictureOf = async (svg: SVGSVGElement): Promise<HTMLImageElement> => {
  const text = new XMLSerializer().serializeToString(standalone(svg));
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(url);
  }
  return image;
};

const margin = 16;
const line = 24;
/** Twice the pixels, so that it is sharp in a document. */
const scale = 2;

type Legend = { readonly label: string; readonly colour: string };

/** The drawing with its title above and its legend below. */
export const savePng = async (chart: Chart, svg: SVGSVGElement, legend: readonly Legend[]): Promise<void> => {
  const image = await pictureOf(svg);
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * margin) * scale;
  canvas.height = (height + 2 * margin + 2 * line) * scale;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This window cannot draw pictures.");
  const style = getComputedStyle(document.body);
  const colour = (name: string): string => style.getPropertyValue(name);
  context.scale(scale, scale);
  context.fillStyle = colour("--av-surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = colour("--av-text");
  context.font = `650 14px ${style.fontFamily}`;
  context.fillText(chart.title, margin, margin + 12);
  context.drawImage(image, margin, margin + line, width, height);
  context.font = `12px ${style.fontFamily}`;
  let left = margin;
  const top = margin + line + height + 16;
  for (const entry of legend) {
    context.fillStyle = entry.colour.startsWith("var(") ? colour(entry.colour.slice(4, -1)) : entry.colour;
    context.fillRect(left, top - 9, 10, 10);
    context.fillStyle = colour("--av-text");
    context.fillText(entry.label, left + 15, top);
    left += 15 + context.measureText(entry.label).width + 18;
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("This window cannot make PNG files.");
  saveFile(`avspark-${chart.name}.png`, blob);
};
