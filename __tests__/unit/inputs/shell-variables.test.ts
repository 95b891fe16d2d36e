import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { variablesFromOutside } from '../../../src/inputs/shell-variables.ts';
import { needing } from '../../tools.ts';

const lines = (...text: string[]) => text.join('\n');

describe('a script takes TAG from outside', () => {
  test.each([
    ['a word', 'echo $TAG'],
    ['in braces', 'echo ${TAG}'],
    ['in a longer word', 'kubectl set image deployment/web web=registry/web:$TAG'],
    ['as a path', 'cat $TAG/values.yaml'],
    ['in double quotes', 'echo "the tag is $TAG."'],
    ['in double quotes next to an apostrophe', `echo "it's $TAG"`],
    ['after a string in single quotes', `echo 'a'$TAG'b'`],
    ['after an escaped dollar sign', 'echo \\$HOME $TAG'],
    ['after an escaped backslash', 'echo \\\\$TAG'],
    ['after an escaped backslash in double quotes', 'echo "\\\\$TAG"'],
    ['after the process ID', 'echo $$ $TAG'],
    ['the first characters', 'echo ${TAG:0:7}'],
    ['the last characters', 'echo ${TAG: -7}'],
    ['without a suffix', 'echo ${TAG%.tgz}'],
    ['without a prefix', 'echo "${TAG#refs/tags/}"'],
    ['in another letter case', 'echo ${TAG,,} ${TAG^^}'],
    ['with replacements', 'echo ${TAG//\\//-}'],
    ['in a substitution', 'echo $(echo $TAG)'],
    ['in a substitution in double quotes', `echo "$(echo 'no' "$TAG")"`],
    ['in a quoted string in a substitution in double quotes', 'echo "a $(echo "b $TAG") c"'],
    ['in backquotes', 'echo `echo $TAG`'],
    ['in a default of another', 'OTHER=${OTHER:-$TAG}'],
    ['in a default of another in double quotes', 'OTHER="${OTHER:-it is $TAG}"'],
    ['in a here-document', lines('cat <<EOF', 'tag: $TAG', 'EOF')],
    ['in a here-document with tabs', lines('cat <<-EOF', '\ttag: "$TAG"', '\tEOF')],
    ['in a substitution in a here-document', lines('cat <<EOF', '$(echo "$TAG")', 'EOF')],
    ['after a quoted here-document', lines("cat <<'EOF' | sh", '$NO', 'EOF', 'echo $TAG')],
    ['in a here-string', 'cat <<<"$TAG"'],
    ['in the second of two here-documents', lines('a <<A; b <<B', 'x', 'A', '$TAG', 'B')],
    ['in arithmetic', 'echo $(( $TAG + 1 ))'],
    ['after arithmetic with parentheses', 'echo $(( (1 + 2) * (3 << 1) )) "$TAG"'],
    ['after arithmetic with a quote', 'echo $((1 + "1")) $TAG'],
    ['after many substitutions', `echo ${'$('.repeat(60)}${')'.repeat(60)} $TAG`],
    ['after a # that begins no comment', 'echo a#b ${#x} $# "#" $TAG'],
    ['on the next line of a command', lines('echo \\', '  $TAG')],
    ['assigned to another', 'IMAGE=web:$TAG'],
    ['as an argument of kubectl that looks like an assignment', 'kubectl set env d/x TAG=$TAG'],
    ['as an argument of helm', 'helm upgrade a b --set image.tag="$TAG"'],
    ['compared with something', '[ "$TAG" = v1 ] && echo 1'],
    ['as the value of -n of kubectl', 'kubectl get pods -n $TAG'],
    ['in a condition', lines('if kubectl get $TAG; then', '  echo 1', 'fi')],
    ['in a loop over others', lines('for x in a b; do', '  echo $x $TAG', 'done')],
    ['in a pattern of case', lines('case $x in', '  $TAG) echo 1 ;;', 'esac')],
    ['in an array', 'tags=(a "$TAG")'],
    ['in a process substitution', 'diff <(echo $TAG) b'],
    ['in a function', lines('f() {', '  echo "$1 $TAG"', '}', 'f x')],
    ['with only a part of its name assigned', lines('TAG_NAME=1', 'MY_TAG=2', 'echo $TAG')],
    ['before a comment about it', lines('echo $TAG # TAG=1')],
    ['under set -u', lines('set -euo pipefail', 'echo $TAG')],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script)).toContain('TAG');
  });
});

describe('a script does not take TAG from outside', () => {
  test.each([
    ['nothing', ''],
    ['another name', 'echo $TAGS ${TAG_NAME} $MY_TAG'],
    ['no expansion', 'echo TAG'],
    ['single quotes', `echo '$TAG'`],
    ['single quotes over several lines', lines(`echo 'a`, `$TAG`, `b'`)],
    ['single quotes in a substitution in double quotes', `echo "$(echo '$TAG')"`],
    ['single quotes in the default of another', `echo \${x:-'$TAG'}`],
    ["$'…'", `echo $'it\\'s $TAG'`],
    ['escaped', 'echo \\$TAG \\${TAG}'],
    ['escaped in double quotes', 'echo "\\$TAG and \\${TAG}"'],
    ['escaped in a here-document', lines('cat <<EOF', '\\$TAG', 'EOF')],
    ['the process ID and a word', 'echo $$TAG'],
    ['a comment', lines('# echo $TAG', 'true # $TAG', 'true;# $TAG', '(#$TAG', ')')],
    ['a comment with an apostrophe', lines(`# don't`, `echo '$TAG'`)],
    ['a comment with a quote', lines('true # a "', `echo '$TAG' # "`)],
    ['a quoted here-document', lines("cat <<'EOF'", '$TAG', 'EOF')],
    ['a here-document quoted twice', lines('cat <<"EOF"', '$TAG', 'EOF')],
    ['an escaped here-document', lines('cat <<\\EOF', '$TAG', 'EOF')],
    ['a quoted here-document with tabs', lines("cat <<-'EOF'", '\t$TAG', '\tEOF')],
    ['a quoted here-document in a substitution', lines("x=$(cat <<'EOF'", '$TAG', 'EOF', ')')],
    [
      'a quoted here-document after one that is not',
      lines("a <<A; b <<'B'", 'x', 'A', '$TAG', 'B'),
    ],
    ['a default', 'echo ${TAG:-latest} ${TAG-latest}'],
    ['a default somewhere', lines('echo "${TAG:-latest}"', 'echo $TAG')],
    ['a default that is assigned', lines(': "${TAG:=latest}"', 'echo $TAG')],
    ['an error if it is missing', lines(': ${TAG:?is missing}', 'echo $TAG')],
    ['an alternative', 'echo ${TAG:+--tag $TAG}'],
    ['its length', 'echo ${#TAG}'],
    ['an indirect expansion', 'echo ${!TAG}'],
    ['a test whether it is empty', lines('if [ -z "$TAG" ]; then TAG=1; fi', 'echo $TAG')],
    ['a test whether it is not empty', 'if [[ -n $TAG ]]; then echo "$TAG"; fi'],
    ['a test by test', 'test -n "$TAG" && echo "$TAG"'],
    ['a test after another', '[[ -n "$x" && -n "$TAG" ]] && echo $TAG'],
    ['a test whether it is set', 'if [[ -v TAG ]]; then echo "$TAG"; fi'],
    ['a bare test', 'if [ "$TAG" ]; then echo "$TAG"; fi'],
    ['a bare test of bash', 'if [[ ! $TAG ]]; then exit; fi; echo "$TAG"'],
    ['a comparison with nothing', `if [ "$TAG" != "" ]; then echo "$TAG"; fi`],
    ['a comparison with x', 'if [ "x$TAG" = x ]; then exit; fi; echo "$TAG"'],
    ['an assignment', lines('TAG=1', 'echo $TAG')],
    ['an assignment of what a program prints', lines('TAG=$(date +%s)', 'echo "$TAG"')],
    ['a default in a here-document', lines('cat <<EOF', '${TAG:-v1} $TAG', 'EOF')],
    ['an assignment in double quotes', lines('TAG="$(git describe)"', 'echo $TAG')],
    ['an assignment after others', lines('A=1 TAG=2', 'echo $TAG')],
    ['an assignment for one program', 'TAG=1 ./deploy.sh $TAG'],
    ['an assignment later', lines('f() { echo $TAG; }', 'TAG=1', 'f')],
    ['an assignment in a condition', 'if x; then TAG=1; else TAG=2; fi; echo $TAG'],
    ['an assignment in a function', lines('f() { TAG=1; }', 'f; echo $TAG')],
    ['an assignment in case', lines('case $x in', 'a) TAG=1 ;;', 'esac', 'echo $TAG')],
    ['an assignment in a group', lines('{ TAG=1; }', 'echo $TAG')],
    ['an assignment after &&', 'x && TAG=1; echo $TAG'],
    ['an assignment in a substitution', 'echo "$(TAG=1; echo $TAG)"'],
    ['an addition', lines('TAG+=1', 'echo $TAG')],
    ['an element', lines('TAG[0]=1', 'echo ${TAG[0]}')],
    ['an array', lines('TAG=(1 2)', 'echo "${TAG[@]}"')],
    ['env', 'env TAG=1 sh -c "echo $TAG"'],
    ['read', lines('read TAG', 'echo $TAG')],
    [
      'read with options',
      lines('while IFS= read -r -d "" -p "tag? " x TAG; do', 'echo $TAG; done'),
    ],
    ['read from a file', lines('read -r TAG < "$file"', 'echo $TAG')],
    ['read of a string', lines('read -r TAG x <<<"$line"', 'echo $TAG')],
    ['read of a here-document', lines('read -r TAG <<EOF', '1', 'EOF', 'echo $TAG')],
    ['a pipe into read', 'kubectl get x | while read -r TAG; do echo $TAG; done'],
    ['for', 'for TAG in a b; do echo $TAG; done'],
    ['for over a variable', 'for TAG in $tags "$x"; do echo $TAG; done'],
    ['for over several lines', lines('for TAG', 'do echo $TAG', 'done')],
    ['for with arithmetic', 'for ((TAG=0; TAG<3; TAG++)); do echo $TAG; done'],
    ['select', 'select TAG in a b; do echo $TAG; done'],
    ['export', lines('export TAG', 'echo $TAG')],
    ['export with a value', lines('export A=1 TAG="$x"', 'echo $TAG')],
    ['local', lines('f() {', '  local x TAG=$1', '  echo $TAG', '}')],
    ['declare', lines('declare -r TAG=1', 'echo $TAG')],
    ['typeset', lines('typeset TAG', 'echo $TAG')],
    ['readonly', lines('readonly TAG=1', 'echo $TAG')],
    ['unset', lines('unset TAG', 'echo $TAG')],
    ['mapfile', lines('mapfile -t TAG < file', 'echo ${TAG[0]}')],
    ['getopts', lines('while getopts "t:" TAG; do', 'echo $TAG', 'done')],
    ['printf -v', lines('printf -v TAG "%s" x', 'echo $TAG')],
    ['let', lines('let TAG=1', 'echo $TAG')],
    ['arithmetic', lines('((TAG = 1))', 'echo $TAG')],
    ['arithmetic that counts', lines('echo $((TAG++))', 'echo $TAG')],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script)).not.toContain('TAG');
  });
});

describe('a script that may do anything', () => {
  test.each([
    ['eval', lines('eval "$(settings)"', 'echo $TAG')],
    ['source', lines('source ./settings', 'echo $TAG')],
    ['a dot', lines('. ./settings', 'echo $TAG')],
    ['a dot after a test', lines('[ -f settings ] && . ./settings', 'echo $TAG')],
    ['export of what a program prints', lines('export $(cat .env | xargs)', 'echo $TAG')],
    ['export of a variable', lines('export "$x"', 'echo $TAG')],
    ['read into a name in a variable', lines('read -r "$x"', 'echo $TAG')],
    ['printf -v into a name in a variable', lines('printf -v "$x" 1', 'echo $TAG')],
    ['a reference', lines('declare -n x=TAG', 'x=1', 'echo $TAG')],
    ['an alias', lines('alias x="TAG=1"', 'x', 'echo $TAG')],
    ['a quote without its end', `echo $TAG 'a`],
    ['double quotes without their end', 'echo $TAG "a'],
    ['a substitution without its end', 'echo $TAG $(a'],
    ['backquotes without their end', 'echo $TAG `a'],
    ['braces without their end', 'echo $TAG ${a'],
    ['braces in quotes without their end', 'echo $TAG "${a"'],
    ['arithmetic without its end', 'echo $TAG $((1'],
    ['a here-document without its end', lines('cat <<EOF', '$TAG')],
    ['a here-document with an odd end', lines('cat <<$x', '$TAG', 'x')],
    ['a here-document with half a substitution', lines('cat <<EOF', '$TAG $(', 'EOF')],
    ['case in a substitution', `x="$(case $y in a) echo '$TAG' ;; esac)"; echo $TAG`],
    ['substitutions without end', `echo $TAG ${'$('.repeat(60)}${')'.repeat(59)}`],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script)).toEqual([]);
  });
});

describe('names that only look like a word of the shell', () => {
  test.each([
    ['a dot as an argument', 'find . -name "$TAG"'],
    ['eval as an argument', 'yq eval ".tag" "$TAG"'],
    ['source as an argument', 'flux reconcile source git $TAG'],
    ['case in a word', 'echo "$(usecase $TAG)"'],
    ['printf', `printf '%s\\n' "$TAG"`],
    ['-v of another program', 'kubectl get pods | grep -v "$TAG"'],
  ])('%s', (_name, script) => {
    expect(variablesFromOutside(script)).toEqual(['TAG']);
  });
});

test('several, each once, in the order of their first use', () => {
  expect(variablesFromOutside('echo $B "$A" $B ${C%x}')).toEqual(['B', 'A', 'C']);
});

test('whatever a script is, it is read, and no name is made up', () => {
  const piece = fc.constantFrom(
    '$',
    '{',
    '}',
    '(',
    ')',
    '`',
    '"',
    "'",
    '\\',
    '\n',
    ' ',
    '#',
    ';',
    '<<',
    'EOF',
    'case ',
    'TAG',
    '=',
    ':-',
    '((',
    '))',
    'read ',
    '-n ',
    '[ ',
    '&&',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const script = pieces.join('');
      for (const name of variablesFromOutside(script)) {
        expect(script.includes(`$${name}`) || script.includes(`\${${name}`)).toBe(true);
      }
    }),
  );
});

// A shell itself is the judge: with `set -u`, it refuses a variable that nothing sets.
needing(['bash'], () => {
  const names = ['A', 'B'];
  const word = fc.constantFrom(
    '$A',
    '${A}',
    '"$A"',
    "'$A'",
    '\\$A',
    '"\\$A"',
    '$B',
    '"$(echo $A)"',
    "$(echo '$A')",
    '`echo $B`',
    '${A:-x}',
    '${x:-$A}',
    '"${x:-\'$B\'}"',
    "$'$A'",
    '$$A',
    '$((1 + 1))',
    '#$A',
    '$(($A + (1 << 2)))',
    '$((B++))',
    '$( (echo ")" $B) )',
    '"$(# it\'s\necho $A)"',
    '\\\n$A',
    '$(cat <<E\n$A\nE\n)',
    "$(cat <<'E'\n$A'\nE\n)",
    '<(echo $A)',
    "it\\'s",
    '"a)b"',
    '${#B}',
  );
  const command = fc.oneof(
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `echo ${words.join(' ')}`),
    fc.constantFrom(
      'A=1',
      'export B=1',
      'for A in 1; do :; done',
      'read -r B <<<x',
      'true # $A',
      '[ x ]',
      'cat <<EOF\n$A\nEOF',
      "cat <<'EOF'\n$A\nEOF",
      'cat <<EOF\n\\$B\nEOF',
      '((A=1))',
      'printf -v B x',
      'f() { local A=1; echo $A; }; f',
      'grep -v "$A" <<<x || :',
      "cat <<EOF\nit's '$A'\nEOF",
      "cat <<E <<'F'\n$A\nE\n$B\nF",
      'cat <<EOF\n`echo $A`\nEOF',
      '( echo $A )',
      'if [ "$A" = 1 ]; then echo; fi',
      'read A B <<EOF\n1 2\nEOF',
      'A=$B true',
    ),
  );

  test('bash agrees: what is found is what it misses', () => {
    const script = fc.array(command, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(script, (text) => {
        const found = variablesFromOutside(text);
        for (const name of found) {
          expect(names).toContain(name);
          const others = names.filter((other) => other !== name).map((other) => `${other}=1`);
          const { stderr } = spawnSync(
            'bash',
            ['--norc', '-c', `${others.join('; ')}; x=; set -u; ${text}\n`],
            { encoding: 'utf8', env: { PATH: process.env['PATH'] }, input: '' },
          );
          expect(stderr).toContain(`${name}: unbound variable`);
        }
      }),
      { numRuns: 60 },
    );
  });
});
