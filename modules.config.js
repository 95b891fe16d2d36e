/**
 * Which module of `src/` may import which. A module is a folder, or a file next to the folders.
 * `hosts/terminal` is a module of its own: the port in `hosts/` is below the core, and its
 * implementation for the prompt is above it. ESLint enforces this.
 */
export const modules = {
  'index.ts': ['start.ts'],
  'post.ts': ['start.ts'],
  'start.ts': ['main.ts', 'post-step.ts', 'failure.ts', 'hosts', 'hosts/terminal', 'edge'],
  'main.ts': [
    'inputs',
    'files',
    'pod',
    'collect',
    'azure',
    'lifecycle',
    'ending.ts',
    'verdict.ts',
    'report',
    'failure.ts',
  ],
  'post-step.ts': ['inputs', 'lifecycle', 'verdict.ts', 'report'],
  inputs: ['failure.ts', 'files', 'collect', 'pod', 'azure', 'hosts', 'text'],
  files: ['failure.ts', 'text'],
  pod: ['files', 'collect', 'failure.ts', 'text'],
  collect: ['files', 'failure.ts', 'text'],
  azure: ['clock.ts', 'text'],
  lifecycle: ['pod', 'azure', 'ending.ts', 'failure.ts', 'clock.ts', 'hosts', 'text'],
  'ending.ts': ['pod', 'azure', 'failure.ts'],
  'verdict.ts': ['pod', 'collect', 'azure', 'ending.ts', 'failure.ts', 'text'],
  messages: ['files', 'pod', 'collect', 'azure', 'verdict.ts', 'failure.ts', 'hosts', 'text'],
  report: [
    'messages',
    'inputs',
    'pod',
    'collect',
    'azure',
    'verdict.ts',
    'failure.ts',
    'hosts',
    'text',
  ],
  'failure.ts': ['azure', 'text'],
  hosts: ['files', 'text'],
  'hosts/terminal': ['verdict.ts', 'failure.ts', 'hosts', 'text'],
  edge: ['files', 'azure', 'failure.ts', 'clock.ts', 'hosts', 'text'],
  'clock.ts': [],
  text: [],
};

/**
 * The modules that touch the world. Everything else in `src/` is the core: pure, covered in all its
 * branches.
 */
export const outside = [
  'src/index.ts',
  'src/post.ts',
  'src/start.ts',
  'src/edge/**/*.ts',
  'src/hosts/github-runner.ts',
  'src/hosts/github-job.ts',
  'src/hosts/whole-files.ts',
  'src/hosts/terminal/**/*.ts',
];
