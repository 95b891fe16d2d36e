import ts from 'typescript';

/** A change to a source that a test should notice. */
export type Mutant = {
  /** Counted from 1. */
  readonly line: number;
  /** What is changed, and to what. */
  readonly from: string;
  readonly to: string;
};

/** A source with all its mutants in it, each asleep until it is asked for. */
export type Instrumented = { readonly text: string; readonly mutants: readonly Mutant[] };

/** What stands for an operator: its neighbor, or its opposite. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<='],
  '<=': ['<'],
  '>': ['>='],
  '>=': ['>'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
};

/** What stands for a node, and how that is told. */
type Change = { readonly code: string; readonly told?: { readonly from: string; readonly to: string } };

/**
 * Puts every mutant into a source: operators, conditions, literals, properties and statements, one change each.
 *
 * @param isAwake the code that asks for a mutant by its index
 */
export function instrument(name: string, text: string, isAwake: (index: number) => string): Instrumented {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];

  function inside(node: ts.Node): string {
    let written = '';
    let at = node.getStart(source);
    ts.forEachChild(node, (child) => {
      written += text.slice(at, child.getStart(source)) + render(child);
      at = child.getEnd();
    });
    return written + text.slice(at, node.getEnd());
  }

  function render(node: ts.Node): string {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      return node.getText(source);
    }
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const asleep = changesOf(node).map(({ code, told }) => {
      const { from, to } = told ?? { from: node.getText(source), to: code };
      const index = mutants.push({ line, from: from.replaceAll(/\s+/g, ' '), to: to.replaceAll(/\s+/g, ' ') }) - 1;
      return `${isAwake(index)} ? ${code} : `;
    });
    const unchanged = inside(node);
    if (asleep.length === 0) return unchanged;
    return ts.isExpressionStatement(node)
      ? `{ if (!(${asleep.join('')}false)) ${unchanged} }`
      : `(${asleep.join('')}(${unchanged}))`;
  }

  return { text: inside(source), mutants };
}

function changesOf(node: ts.Node): Change[] {
  return [...(isCondition(node) ? [{ code: 'true' }, { code: 'false' }] : []), ...ownChangesOf(node)];
}

function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  return ts.isConditionalExpression(parent) && parent.condition === node;
}

function ownChangesOf(node: ts.Node): Change[] {
  if (ts.isBinaryExpression(node)) {
    const { left, operatorToken, right } = node;
    const from = operatorToken.getText();
    return (OPERATORS[from] ?? []).map((to) => ({
      code: `((${left.getText()}) ${to} (${right.getText()}))`,
      told: { from, to },
    }));
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return [{ code: `(${node.operand.getText()})` }];
  }
  if (ts.isNumericLiteral(node)) {
    const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    return isKey ? [] : [{ code: `(${node.text} + 1)` }];
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ code: 'false' }];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [{ code: 'true' }];
  if (ts.isSpreadAssignment(node.parent)) return [{ code: '{}' }];
  if (ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression)) {
    return [{ code: 'true', told: { from: node.getText(), to: 'nothing' } }];
  }
  return [];
}
