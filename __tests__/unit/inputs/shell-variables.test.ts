import { describe, expect, test } from '@jest/globals';
import { variablesFromOutside } from '../../../src/inputs/shell-variables.ts';

const lines = (...text: string[]) => text.join('\n');
const all = () => true;

describe('a script takes TAG from outside', () => {
  test.each([
    ['a word', 'echo $TAG'],
    ['in braces', 'echo ${TAG}'],
    ['in a longer word', 'kubectl set image deployment/web web=registry/web:$TAG'],
    ['in double quotes', 'echo "the tag is $TAG."'],
    ['in double quotes next to an apostrophe', `echo "it's $TAG"`],
    ['after a string in single quotes', `echo 'a'$TAG'b'`],
    ['after an escaped dollar sign', 'echo \\$HOME $TAG'],
    ['after an escaped backslash', 'echo \\\\$TAG'],
    ['after the process ID', 'echo $$ $TAG'],
    ['the first characters', 'echo ${TAG:0:7}'],
    ['without a suffix', 'echo ${TAG%.tgz}'],
    ['in another letter case', 'echo ${TAG,,} ${TAG^^}'],
    ['in a substitution', 'echo $(echo $TAG)'],
    ['in a substitution in double quotes', `echo "$(echo 'no' "$TAG")"`],
    ['in a default of another', 'OTHER=${OTHER:-$TAG}'],
    ['in a here-document', lines('cat <<EOF', 'tag: $TAG', 'EOF')],
    ['after a quoted here-document', lines("cat <<'EOF' | sh", '$NO', 'EOF', 'echo $TAG')],
    ['after a # that begins no comment', 'echo a#b ${#x} $# "#" $TAG'],
    ['on the next line of a command', lines('echo \\', '  $TAG')],
    ['assigned to another', 'IMAGE=web:$TAG'],
    ['exported as another', 'export IMAGE=web:$TAG'],
    ['as an argument of helm', 'helm upgrade a b --set image.tag="$TAG"'],
    ['compared with something', '[ "$TAG" = v1 ] && echo 1'],
    ['as the value of -n of kubectl', 'kubectl get pods -n $TAG'],
    ['in a loop over others', lines('for x in a b; do', '  echo $x $TAG', 'done')],
    ['in a pattern of case', lines('case $x in', '  $TAG) echo 1 ;;', 'esac')],
    ['with only a part of its name assigned', lines('TAG_NAME=1', 'MY_TAG=2', 'echo $TAG')],
    ['under set -u', lines('set -euo pipefail', 'echo $TAG')],
    ['next to a dot that is no command', 'find . -name "$TAG"'],
    ['next to an eval that is no command', 'yq eval ".tag" "$TAG"'],
    ['next to a source that is no command', 'flux reconcile source git $TAG'],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script, all)).toContain('TAG');
  });
});

describe('a script does not take TAG from outside', () => {
  test.each([
    ['nothing', ''],
    ['another name', 'echo $TAGS ${TAG_NAME} $MY_TAG'],
    ['no expansion', 'echo TAG'],
    ['single quotes', `echo '$TAG'`],
    ['single quotes over several lines', lines(`echo 'a`, `$TAG`, `b'`)],
    ['escaped', 'echo \\$TAG \\${TAG}'],
    ['escaped in double quotes', 'echo "\\$TAG and \\${TAG}"'],
    ['the process ID and a word', 'echo $$TAG'],
    ['a comment', lines('# echo $TAG', 'true # $TAG')],
    ['a comment with an apostrophe', lines(`# don't`, `echo '$TAG'`)],
    ['single quotes after an apostrophe', `echo "it's" '$TAG'`],
    ['a quoted here-document', lines("cat <<'EOF'", '$TAG', 'EOF')],
    ['a here-document quoted twice', lines('cat <<"EOF"', '$TAG', 'EOF')],
    ['a quoted here-document with tabs', lines("cat <<-'EOF'", '\t$TAG', '\tEOF')],
    ['a default', 'echo ${TAG:-latest} ${TAG-latest}'],
    ['a default somewhere', lines('echo "${TAG:-latest}"', 'echo $TAG')],
    ['a default that is assigned', lines(': "${TAG:=latest}"', 'echo $TAG')],
    ['an error if it is missing', lines(': ${TAG:?is missing}', 'echo $TAG')],
    ['an alternative', 'echo ${TAG:+--tag $TAG}'],
    ['its length', 'echo ${#TAG}'],
    ['an assignment', lines('TAG=1', 'echo $TAG')],
    ['an assignment in double quotes', lines('TAG="$(git describe)"', 'echo $TAG')],
    ['an assignment later', lines('f() { echo $TAG; }', 'TAG=1', 'f')],
    ['an addition', lines('TAG+=1', 'echo $TAG')],
    ['read', lines('read -r x TAG < "$file"', 'echo $TAG')],
    ['a pipe into read', 'kubectl get x | while read -r TAG; do echo $TAG; done'],
    ['for', 'for TAG in a b; do echo $TAG; done'],
    ['export', lines('export TAG', 'echo $TAG')],
    ['export with a value', lines('export A=1 TAG="$x"', 'echo $TAG')],
    ['local', lines('f() {', '  local x TAG=$1', '  echo $TAG', '}')],
    ['eval', lines('eval "$(settings)"', 'echo $TAG')],
    ['source', lines('source ./settings', 'echo $TAG')],
    ['a dot', lines('. ./settings', 'echo $TAG')],
    ['a dot after a test', lines('[ -f settings ] && . ./settings', 'echo $TAG')],
    ['export of what a program prints', lines('export $(cat .env | xargs)', 'echo $TAG')],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script, all)).not.toContain('TAG');
  });
});

test('several, each once, in the order of their first use', () => {
  expect(variablesFromOutside('echo $B "$A" $B ${C%x}', all)).toEqual(['B', 'A', 'C']);
});
