/**
 * The house as a table: which room of `src/` may import which. A room is a folder, or a file that lies beside the folders.
 * `hosts/terminal` is a room in a room: the port in `hosts/` lies below the core, and what fills it at a prompt above.
 * ESLint keeps the borders by it, `npm run architecture` prints what there is, and a test compares both with the picture in
 * docs/ARCHITECTURE.md.
 */
export const rooms = {
  'index.ts': ['start.ts'],
  'start.ts': ['main.ts', 'failure.ts', 'hosts', 'hosts/terminal', 'edge'],
  'main.ts': [
    'inputs',
    'pod',
    'azure',
    'lifecycle',
    'verdict.ts',
    'report',
    'failure.ts',
    'hosts',
    'text',
  ],
  inputs: ['files', 'pod', 'azure', 'failure.ts', 'hosts', 'text'],
  files: ['failure.ts', 'text'],
  pod: ['files', 'failure.ts'],
  azure: ['text'],
  lifecycle: ['pod', 'azure', 'failure.ts', 'hosts', 'text'],
  'verdict.ts': ['pod', 'azure', 'lifecycle', 'failure.ts'],
  report: ['files', 'pod', 'azure', 'verdict.ts', 'failure.ts', 'hosts', 'text'],
  'failure.ts': ['azure'],
  hosts: ['azure', 'text'],
  'hosts/terminal': ['pod', 'azure', 'verdict.ts', 'failure.ts', 'hosts', 'text'],
  edge: ['files', 'pod', 'azure', 'lifecycle', 'failure.ts', 'hosts', 'text'],
  text: [],
};

/** What touches the world. Everything else in `src/` is the core: pure, covered in all its branches. */
export const outside = [
  'src/index.ts',
  'src/start.ts',
  'src/edge/**/*.ts',
  'src/hosts/github-runner.ts',
  'src/hosts/whole-files.ts',
  'src/hosts/terminal.ts',
  'src/hosts/terminal/**/*.ts',
];
