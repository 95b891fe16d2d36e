import { fileURLToPath } from 'node:url';
import { arrowsOf, circlesIn, importsOf, roomOf } from './architecture/imports.ts';

/** Prints the rooms of `src/`, the arrows between them with the files that cause them, and the cycles. */

const imports = importsOf(fileURLToPath(new URL('../src', import.meta.url)));
const arrows = arrowsOf(imports);
const rooms = new Set(imports.flatMap(({ from, to }) => [roomOf(from), roomOf(to)]));

for (const { from, to } of arrows) {
  const files = imports
    .filter((one) => roomOf(one.from) === from && roomOf(one.to) === to)
    .map((one) => one.from);
  console.log(`${from} --> ${to}`.padEnd(28), [...new Set(files)].join(' '));
}
const circles = [...circlesIn(arrows), ...circlesIn(imports)];
console.log(`\n${rooms.size} rooms, ${arrows.length} arrows, ${circles.length} circles`);
for (const circle of circles) console.log(`circle: ${circle.join(' --> ')}`);
if (circles.length > 0) process.exitCode = 1;
