import ts from 'typescript';

/** A change to a source that a test should notice. */
export type Mutant = {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** Counted from 1. */
  readonly line: number;
};

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

/** Every mutant of a source: operators, conditions, literals, properties and statements, one change each. */
export function mutantsOf(name: string, text: string): Mutant[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    for (const [target, replacement] of changesOf(node)) {
      const start = target.getStart(source);
      const line = source.getLineAndCharacterOfPosition(start).line + 1;
      mutants.push({ start, end: target.getEnd(), replacement, line });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

type Change = readonly [target: ts.Node, replacement: string];

function changesOf(node: ts.Node): Change[] {
  if (ts.isBinaryExpression(node)) {
    const { operatorToken } = node;
    return (OPERATORS[operatorToken.getText()] ?? []).map((operator): Change => [operatorToken, operator]);
  }
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return bothWays(node.expression);
  if (ts.isConditionalExpression(node)) return bothWays(node.condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return [[node, node.operand.getText()]];
  }
  if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent.parent)) return [[node, `(${node.text} + 1)`]];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [[node, 'false']];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [[node, 'true']];
  if (ts.isSpreadAssignment(node)) return [[node.expression, '{}']];
  if (ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression)) return [[node, ';']];
  return [];
}

function bothWays(condition: ts.Expression): Change[] {
  return [
    [condition, 'true'],
    [condition, 'false'],
  ];
}

/** The source with one change. */
export function applied(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
