import ts from 'typescript';

/** A change to a source that a test should notice: what is changed at a line, and to what. */
export type Mutant = { readonly line: number; readonly from: string; readonly to: string };

/** What replaces an operator: its neighbor, or its opposite. */
const PAIRS = '< <=, > >=, === !==, + -, * /, && ||'.split(', ').map((pair) => pair.split(' '));
const OPERATORS = new Map(
  PAIRS.flatMap(
    ([one = '', other = '']) =>
      [
        [one, other],
        [other, one],
      ] as const,
  ),
).set('??', '&&');

/**
 * Puts every mutant into a source, each asleep. What runs while a module loads, such as a table, has none.
 *
 * @param isAwake the code that asks for a mutant by its index
 */
export function instrument(text: string, isAwake: (index: number) => string): { text: string; mutants: Mutant[] } {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  function inside(node: ts.Node, runs: boolean): string {
    let written = '';
    let at = node.getStart(source);
    ts.forEachChild(node, (child) => {
      written += text.slice(at, child.getStart(source)) + render(child, runs || ts.isFunctionLike(node));
      at = child.getEnd();
    });
    return written + text.slice(at, node.getEnd());
  }

  function render(node: ts.Node, runs: boolean): string {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node.getText();
    const asleep = (runs ? changesOf(node) : []).map((code) => {
      const index = mutants.push({ line: lineOf(node), from: node.getText(), to: code }) - 1;
      return `${isAwake(index)} ? ${code} : `;
    });
    const unchanged = inside(node, runs);
    if (asleep.length === 0) return unchanged;
    return ts.isExpressionStatement(node)
      ? `{ if (!(${asleep.join('')}false)) ${unchanged} }`
      : `(${asleep.join('')}(${unchanged}))`;
  }
  return { text: inside(source, false), mutants };
}

function changesOf(node: ts.Node): string[] {
  const { parent } = node;
  const isCondition =
    ((ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node);
  return [...(isCondition ? ['true', 'false'] : []), ...ownChangesOf(node)];
}

function ownChangesOf(node: ts.Node): string[] {
  if (ts.isBinaryExpression(node)) {
    const to = OPERATORS.get(node.operatorToken.getText());
    return to === undefined ? [] : [`((${node.left.getText()}) ${to} (${node.right.getText()}))`];
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return [`(${node.operand.getText()})`];
  }
  const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
  if (ts.isNumericLiteral(node)) return isKey ? [] : [`(${node.text} + 1)`];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ['false'];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ['true'];
  if (ts.isSpreadAssignment(node.parent)) return ['{}'];
  return ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression) ? ['true'] : [];
}
