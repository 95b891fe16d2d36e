/**
 * What the corpus is made of: scripts that really run. `hint` is the section that the output is right to get; none where
 * it must get none, whatever words it holds.
 */
export type CorpusRow = {
  readonly name: string;
  readonly script: string;
  readonly hint?: string;
  readonly shell?: string;
  /** Root, unless told. */
  readonly user?: 'nobody';
};

/** What each script finds in its folder, beside the chart and the manifests of `examples/`. */
export const FILES: Readonly<Record<string, string>> = {
  'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
`,
  'broken.yaml': 'kind: [\n  - a: b\n : c\n',
  'tabs.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: a\n',
  'values.json': '{"replicas": 2, "image": {"tag": "1.29"}, "error": "timed out waiting for the condition"}\n',
  'not.json': 'replicas: 2\n',
  'app.log': `2026-11-25T09:00:00Z INFO starting
2026-11-25T09:00:01Z ERROR user "bob" is forbidden: cannot list resource "pods"
2026-11-25T09:00:02Z WARN error: timed out waiting for the condition, retrying
2026-11-25T09:00:03Z INFO deployments.apps "web" not found, creating it
Error: exceeded quota: small
`,
  'notes.md': '# Errors\n\nIf you see `error: the path "x" does not exist`, add it to files.\n',
  'run.sh': '#!/bin/sh\necho ran\n',
  'crlf.sh': '#!/bin/sh\r\necho ran\r\n',
  'strange.py': '#!/usr/bin/python9\nprint("x")\n',
  elf: '\u007fELF\u0002\u0001\u0001',
};
