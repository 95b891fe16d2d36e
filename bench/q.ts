process.env['TMPDIR']='/dev/shm';
import { CASES } from './cases.ts';
import { inArena, race } from './rounds.ts';
import { median } from './measure.ts';
const keys = process.argv[2].split(',') as (keyof typeof CASES)[];
await inArena({ delayed: false, withAzureCli: false }, async (arena) => {
  for (const k of keys) {
    const samples = await race({ ...CASES[k], rounds: Number(process.argv[3] ?? 9) }, arena);
    for (const [name, list] of Object.entries(samples)) if (list.length) console.log(k, name, median(list.map(s=>s.measure.endedAt-s.measure.startedAt)), 'cpu', median(list.map(s=>s.measure.cpuMs!)), 'peak', median(list.map(s=>s.measure.peakMiB!)).toFixed(0), 'late', median(list.map(s=>s.lateMs ?? NaN)), 'req', median(list.map(s=>s.requests.length)));
  }
});
