import { describe, test } from '@jest/globals';
import { stringify } from 'yaml';
import { ABOUT_THE_STAND_IN, expectVerdict, type Row } from './expect-verdict.ts';
import { checkout, manifest, ours, workflow } from './rehearsal.ts';

const definition = stringify({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
    versions: [
      { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
    ],
  },
});
const widget = stringify({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w', namespace: 'default' },
});

/** What a rehearsal knows beyond the log of the step. */
const advises: readonly Row[] = [
  {
    name: 'an image from variables that are not set',
    workflow: workflow({
      a: [
        ours(
          'kubectl create deployment web --image=$REGISTRY/app:$TAG && ' +
            'kubectl rollout status deployment/web --timeout=60s',
        ),
      ],
    }),
    code: 1,
    says: [
      `in the namespace default waits: couldn't parse image name "/app:"`,
      'exceeded its progress deadline',
      ABOUT_THE_STAND_IN,
    ],
  },
  {
    name: 'an image that cannot be pulled, while the command still waits for it',
    workflow: workflow({
      a: [
        ours(
          'kubectl run p --image=x:broken && ' +
            'kubectl wait pod/p --for=condition=Ready --timeout=15s',
        ),
      ],
    }),
    code: 1,
    says: [
      '   Pod p in the namespace default waits: Failed to pull image "x:broken": not found\n',
      '   Note: Pod p in the namespace default waits: Failed to pull image',
    ],
  },
  {
    name: 'a file into which a skipped step puts something',
    workflow: workflow({
      a: [
        checkout,
        { name: 'Set the tag', run: "sed -i 's/TAG/2/' p.yaml" },
        { name: 'Tokens', uses: 'cschleiden/replace-tokens@v1' },
        ours('kubectl apply -f p.yaml', { files: 'p.yaml' }),
      ],
    }),
    files: { 'p.yaml': manifest.replace('c', '#{NAME}#') },
    code: 1,
    says: [
      'A file may lack what a step that was skipped puts into it: "Set the tag", "Tokens". To ' +
        'run the run: steps, add --run-steps.',
    ],
  },
  {
    name: 'a variable that a skipped step would have set',
    workflow: workflow({
      a: [
        { name: 'set the tag', run: 'echo TAG=1 >> "$GITHUB_ENV"' },
        ours('echo "$TAG"', { env: 'TAG' }),
      ],
    }),
    code: 1,
    says: [
      'Note: A variable may come from a step that was skipped and writes to GITHUB_ENV: ' +
        '"set the tag". To run the run: steps, add --run-steps.',
    ],
  },
  {
    name: 'a namespace that is missing',
    workflow: workflow({ a: [ours('kubectl create configmap a --namespace shop')] }),
    code: 1,
    says: ["If yours has this namespace: --setup 'kubectl create namespace shop'"],
  },
  {
    name: 'a deployment that is missing',
    workflow: workflow({ a: [ours('kubectl set image deployment/web web=x:1')] }),
    code: 1,
    says: ['If yours has what was not found, create it with --setup COMMAND.'],
  },
  {
    name: 'files of a run: step that was skipped',
    workflow: workflow({
      a: [
        checkout,
        { name: 'Render', run: 'echo hi > out.yaml' },
        ours('ls', { files: 'out.yaml' }),
      ],
    }),
    code: 1,
    says: ['a step that was skipped: "Render". To run the run: steps, add --run-steps.'],
  },
  {
    name: 'files of another action',
    workflow: workflow({
      a: [checkout, { name: 'Bake', uses: 'azure/k8s-bake@v3' }, ours('ls', { files: 'out.yaml' })],
    }),
    code: 1,
    says: ['a step that was skipped: "Bake". A rehearsal cannot run other actions.'],
  },
  {
    name: 'a step after one that failed, and a job that needs it',
    workflow: workflow({ a: [ours('exit 1'), ours('ls')], b: { needs: 'a', steps: [ours('ls')] } }),
    code: 1,
    says: [
      'skipped, because an earlier step failed',
      '== Job b: skipped, because a job that it needs did not succeed',
    ],
  },
];

const cannotTell: readonly Row[] = [
  {
    name: 'a refusal that the command swallows',
    workflow: workflow({
      a: [ours('kubectl create token default 2> /dev/null || true')],
    }),
    code: 3,
    says: ['Inconclusive', '  serviceaccounts/token\n', ABOUT_THE_STAND_IN],
  },
  {
    name: 'a command that kubectl itself gives up',
    workflow: workflow({ a: [ours('kubectl top pods || true')] }),
    code: 3,
    says: ['  kubectl top pod\n'],
  },
  {
    name: 'a wait for the condition of a custom resource',
    workflow: workflow({
      a: [
        checkout,
        ours(
          'kubectl apply -f crd.yaml && kubectl apply -f widget.yaml && ' +
            'kubectl wait widget/w --for=condition=Ready --timeout=5s',
          { files: '*.yaml' },
        ),
      ],
    }),
    files: { 'crd.yaml': definition, 'widget.yaml': widget },
    code: 3,
    says: ['widget.example.com/w created', '  kubectl wait for widgets.example.com\n'],
  },
  {
    name: 'a condition that lets no step of this action run',
    workflow: workflow({ a: { if: "github.ref == 'refs/heads/release'", steps: [ours('ls')] } }),
    code: 3,
    says: ['no step of this action ran'],
  },
  {
    name: 'curl, although the command hides that it failed',
    workflow: workflow({
      a: [ours('curl -s https://user:pw@api.example.com/x?key=abc > /dev/null 2>&1 || true')],
    }),
    code: 3,
    says: ['Inconclusive', '  a connection to api.example.com\n'],
    saysNot: ['connection to user'],
  },
  {
    name: 'curl without a URL',
    workflow: workflow({ a: [ours('curl web:80 || true')] }),
    code: 3,
    says: ['  curl\n'],
  },
  {
    name: 'a manifest on the internet',
    workflow: workflow({ a: [ours('kubectl apply -f https://example.com/a.yaml || true')] }),
    code: 3,
    says: ['not simulated: only the cluster answers', '  a connection to example.com\n'],
  },
  {
    name: 'a chart on the internet, with a proxy in env',
    workflow: workflow({
      a: [
        ours('helm repo add a https://charts.example.com || true', {
          env: 'HTTPS_PROXY=http://127.0.0.1:1',
        }),
      ],
    }),
    code: 3,
    says: ['  a connection to charts.example.com\n'],
  },
  {
    name: 'hashFiles',
    workflow: workflow({ a: [ours('ls', { env: "H=${{ hashFiles('a') }}" })] }),
    code: 3,
    says: ['hashFiles is not simulated'],
  },
];

describe.each([
  ['fails, and says why', advises],
  ['cannot be judged', cannotTell],
])('a workflow that %s', (_verdict, rows) => {
  test.each(rows)('$name', expectVerdict);
});
