import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.resolve(import.meta.dirname, '../..');

/** All of `src/`, by paths in the repository, in the same order in every process. */
export const sources: readonly string[] = globSync('src/**/*.ts', { cwd: root }).sort();

/**
 * A file with its mutants, which have the same numbers in every process. No file has 10,000 of
 * them.
 */
export function instrumentFile(file: string) {
  return instrument(readFileSync(path.join(root, file), 'utf8'), sources.indexOf(file) * 10_000);
}

/** What replaces an operator: a similar one, or its opposite. */
const PAIRS =
  '< <=, <= <, > >=, >= >, === !==, !== ===, + -, - +, * /, / *, && ||, || &&, ?? &&'.split(', ');
const OPERATORS = new Map(PAIRS.map((pair) => pair.split(' ') as [string, string]));

/**
 * Puts every mutant into a source, switched off. Code that runs when a module loads, such as a
 * table, has none.
 */
export function instrument(text: string, first: number) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const mutants: { number: number; line: number; from: string; to: string }[] = [];

  function inside(node: ts.Node, runs: boolean): string {
    let written = '';
    let at = node.getStart(source);
    ts.forEachChild(node, (child) => {
      written +=
        text.slice(at, child.getStart(source)) + render(child, runs || ts.isFunctionLike(node));
      at = child.getEnd();
    });
    return written + text.slice(at, node.getEnd());
  }

  function render(node: ts.Node, runs: boolean): string {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isTypeAliasDeclaration(node))
      return node.getText();
    const asleep = (runs ? changesOf(node) : []).map((to) => {
      const number = first + mutants.length;
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      mutants.push({ number, line, from: node.getText(), to });
      return `__isAwake(${number}) ? ${to} : `;
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
  const isStatement = ts.isIfStatement(parent) || ts.isWhileStatement(parent);
  const condition = isStatement
    ? parent.expression
    : ts.isConditionalExpression(parent) && parent.condition;
  return [...(condition === node ? ['true', 'false'] : []), ...ownChangesOf(node)];
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
