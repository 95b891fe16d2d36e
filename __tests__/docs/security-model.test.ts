import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readDocument } from './markdown.ts';

/**
 * The tests that back each claim of docs/SECURITY_MODEL.md: the first words of a paragraph or an
 * item, and for each test its file and words of its name.
 */
const BACKED_BY: Readonly<Record<string, readonly (readonly [file: string, words: string])[]>> = {
  'Code in the command controls the pod': [
    ['pod/lines', 'proves nothing'],
    ['unit/pod/stream', "another run's"],
  ],
  'With `on-cancel: stop`': [
    ['pod/stop', 'the command gets SIGTERM, and no other process'],
    ['e2e/on-cancel', 'only the one that was canceled is stopped'],
    ['cli/old-node', 'without a state needs no other file'],
  ],
  "It can't make anything run again": [
    ['pod/lines', 'proves nothing'],
    ['lifecycle/lies', 'the line with which a command begins'],
    ['unit/pod/stream', "another run's"],
    ['unit/report/publication', 'Output-File'],
    ['e2e/nothing-untrusted-is-obeyed', 'nothing untrusted is obeyed'],
  ],
  'A step with `command-id` has to find the': [
    ['unit/pod/stream', "a follower does not take another tool's log for the script's"],
    ['lifecycle/lies', 'proves nothing to a follower'],
  ],
  'The step resubmits a command only if': [
    ['lifecycle/property', 'nothing runs twice'],
    ['lifecycle/faults', "by its node's clock"],
    ['lifecycle/faults', 'the pod is given up, and never starts'],
  ],
  'Text that a command prints': [
    ['e2e/nothing-untrusted-is-obeyed', 'in the output of a failed command'],
    ['pod/properties', 'is nothing but text'],
    ['unit/pod/stream', 'forged by one who knows the hash'],
  ],
  'A misbehaving command': [
    ['pod/tools', 'loses the end of a long output, which is marked'],
    ['pod/tools', 'takes the end of the output, which is marked'],
    ['pod/tools', 'a left-behind flood'],
    ['pod/left-behind', 'one that could write is ended'],
    ['pod/files', 'does not hold the script'],
  ],
  'Someone who reads pods and logs': [
    ['pod/tools', 'the boundary is in no command line'],
    ['unit/pod/stream', 'forged by one who knows the hash'],
    ['unit/pod/submission', 'nothing of `env` or the command is on the command line'],
  ],
  'Someone who can `exec` there': [
    ['pod/lines', 'proves nothing'],
    ['pod/tools', 'variables gone from the disk'],
  ],
  'Someone who writes files in the checkout': [
    ['unit/files/unpackers', 'would change a name'],
    ['unit/files/gather', 'refused'],
    ['e2e/files', 'links inside the workspace'],
    ['e2e/nothing-untrusted-is-obeyed', 'in file names'],
  ],
  'A gateway that inspects TLS': [
    ['unit/azure/run-command', 'in its own words'],
    ['lifecycle/faults', 'a gateway passes it on'],
    ['lifecycle/faults', 'says nothing of it'],
    ['lifecycle/property', 'nothing runs twice'],
  ],
  'An outage, or a wrong clock': [
    ['lifecycle/property', 'whatever fails, nothing runs twice'],
    ['lifecycle/faults', 'by dates that stand still'],
  ],
  'A server that answers for Azure': [
    ['unit/edge/http/client', 'one request, and what came back'],
    ['lifecycle/faults', 'a redirect'],
    ['lifecycle/faults', 'Location on another host'],
  ],
  'The program called `az`': [['unit/edge/sign-in/az', 'is asked for with a clean environment']],
  'Someone on the network': [
    ['unit/edge/http/client', 'of a server that nobody trusts'],
    ['unit/edge/http/proxy', 'is not used where its own certificate is not trusted'],
  ],
  'A custom `environment`': [
    ['unit/azure/cloud', 'an endpoint is an https origin'],
    ['unit/azure/cloud', 'never sends a secret over anything but https'],
  ],
  'Someone who opens a pull request from a fork': [['unit/hosts/github-runner', 'from a fork']],
  'Someone who controls the text of `env` or `files`': [
    ['pod/properties', 'every variable arrives as it is'],
    ['pod/properties', 'a quoted word is one word'],
  ],
  'Someone who writes in the pod, with `collect`': [
    ['unit/collect/collection', 'refused'],
    ['unit/collect/collection', 'with two dots that leads out'],
    ['unit/collect/collection', 'whatever is not a file'],
    ['unit/collect/save', 'what was refused'],
  ],
  "Readers of the workflow's log and summary": [
    ['unit/report/report', 'no part of a secret is shown'],
    ['e2e/collect', 'but not the files that were sent, or env'],
  ],
  'ARM and AKS, operated by Microsoft': [
    ['unit/pod/submission', 'nothing of `env` or the command is on the command line'],
    ['lifecycle/faults', 'the pod is given up, and never starts'],
  ],
  'Anyone with `commandResults/read`': [
    ['e2e/collect', 'but not the files that were sent'],
    ['e2e/collect', 'a follower has all of a command'],
  ],
};

const document = readDocument('docs/SECURITY_MODEL.md');

const claims = ['Code in the command', 'A command runs at most once', 'Who can do what']
  .map((heading) => document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
  .flatMap((section) => section.split(/\n\n|\n(?=- )/))
  .map((claim) => claim.replace(/^- /, '').replaceAll('**', '').replaceAll(/\s+/g, ' ').trim())
  .filter((claim) => claim !== '' && !claim.startsWith('### '));

const starts = Object.keys(BACKED_BY);
const references = Object.values(BACKED_BY).flat();

describe('docs/SECURITY_MODEL.md', () => {
  test.each(claims)('has tests for this claim: %s', (claim) => {
    expect(starts.filter((words) => claim.startsWith(words))).toHaveLength(1);
  });

  test.each(Object.entries(BACKED_BY))('makes this claim, and it has tests: %s', (words, tests) => {
    expect(claims.filter((claim) => claim.startsWith(words))).toHaveLength(1);
    expect(tests).not.toEqual([]);
  });

  test.each(references)('%s.test.ts has a test named: %s', (file, words) => {
    const source = readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8');
    expect(source.replaceAll(/\s+/g, ' ')).toContain(words);
  });
});
