import { describe, expect, test } from '@jest/globals';
import { variablesFromOutside } from '../../../src/inputs/shell-variables.ts';

const lines = (...text: string[]) => text.join('\n');
const all = () => true;

describe('a script takes TAG from outside', () => {
  test.each([
    ['a word', 'echo $TAG'],
    ['in double quotes next to an apostrophe', `echo "it's $TAG"`],
    ['after a string in single quotes', `echo 'a'$TAG'b'`],
    ['after an escaped dollar sign', 'echo \\$HOME $TAG'],
    ['after an escaped backslash', 'echo \\\\$TAG'],
    ['after the process ID', 'echo $$ $TAG'],
    ['the first characters', 'echo ${TAG:0:7}'],
    ['in a substitution in double quotes', `echo "$(echo 'no' "$TAG")"`],
    ['in a default of another', 'OTHER=${OTHER:-$TAG}'],
    ['in a here-document', lines('cat <<EOF', 'tag: $TAG', 'EOF')],
    ['after a quoted here-document', lines("cat <<'EOF' | sh", '$NO', 'EOF', 'echo $TAG')],
    ['after a # that begins no comment', 'echo a#b ${#x} $# "#" $TAG'],
    ['exported as another', 'export IMAGE=web:$TAG'],
    ['in a loop over others', lines('for x in a b; do', '  echo $x $TAG', 'done')],
    ['with only a part of its name assigned', lines('TAG_NAME=1', 'MY_TAG=2', 'echo $TAG')],
    ['next to a dot that is no command', 'find . -name "$TAG"'],
    ['next to a source that is no command', 'flux reconcile source git $TAG'],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script, all)).toContain('TAG');
  });
});

describe('a script does not take TAG from outside', () => {
  test.each([
    ['another name', 'echo $TAGS ${TAG_NAME} $MY_TAG'],
    ['single quotes over several lines', lines(`echo 'a`, `$TAG`, `b'`)],
    ['escaped', 'echo \\$TAG \\${TAG}'],
    ['the process ID and a word', 'echo $$TAG'],
    ['a comment', lines('# echo $TAG', 'true # $TAG')],
    ['a comment with an apostrophe', lines(`# don't`, `echo '$TAG'`)],
    ['single quotes after an apostrophe', `echo "it's" '$TAG'`],
    ['a quoted here-document', lines("cat <<'EOF'", '$TAG', 'EOF')],
    ['a quoted here-document with tabs', lines("cat <<-'EOF'", '\t$TAG', '\tEOF')],
    ['a default', 'echo ${TAG:-latest} ${TAG-latest}'],
    ['a default somewhere', lines('echo "${TAG:-latest}"', 'echo $TAG')],
    ['a default that is assigned', lines(': "${TAG:=latest}"', 'echo $TAG')],
    ['an error if it is missing', lines(': ${TAG:?is missing}', 'echo $TAG')],
    ['an alternative', 'echo ${TAG:+--tag $TAG}'],
    ['its length', 'echo ${#TAG}'],
    ['an assignment', lines('TAG=1', 'echo $TAG')],
    ['an assignment later', lines('f() { echo $TAG; }', 'TAG=1', 'f')],
    ['an addition', lines('TAG+=1', 'echo $TAG')],
    ['a pipe into read', 'kubectl get x | while read -r TAG; do echo $TAG; done'],
    ['for', 'for TAG in a b; do echo $TAG; done'],
    ['export', lines('export TAG', 'echo $TAG')],
    ['export with a value', lines('export A=1 TAG="$x"', 'echo $TAG')],
    ['eval', lines('eval "$(settings)"', 'echo $TAG')],
    ['a dot after a test', lines('[ -f settings ] && . ./settings', 'echo $TAG')],
    ['export of what a program prints', lines('export $(cat .env | xargs)', 'echo $TAG')],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script, all)).not.toContain('TAG');
  });
});

test('several, each once, in the order of their first use', () => {
  expect(variablesFromOutside('echo $B "$A" $B ${C%x}', all)).toEqual(['B', 'A', 'C']);
});
