/** The commands of the runner that this action prints. */
type Name = 'add-mask' | 'debug' | 'endgroup' | 'error' | 'group' | 'warning';

/**
 * A workflow command on one line. Everything that the action prints as a command is written here,
 * and the runner reads back the data and the title, whatever text they are.
 *
 * The runner finds `::` by the rules of Unicode's collation (`IndexOf` in ActionCommand.cs, with
 * ICU). Next to a combining mark, it finds none, and shows the line, a secret included. So the
 * second `::` always stands between printable ASCII characters: a property may end with a comma, and
 * data may begin with an empty line. A mask of several lines also hides each of them.
 *
 * In a line that is not such a command, the runner obeys the first `##[`, wherever it is. So if
 * there is one, one of our own comes before it, which names no command. It looks like a property
 * without a value, and is ignored.
 *
 * @param data untrusted text
 * @param title untrusted text
 */
export function workflowCommand(name: Name, data = '', title = ''): string {
  const properties: string[] = [];
  if (`${title}${data}`.includes('##[')) properties.push('##[-]');
  if (title !== '') properties.push(`title=${escapedTitle(title)}`);

  const list = properties.join(',');
  const head = list === '' ? name : `${name} ${/[ -~]$/.test(list) ? list : `${list},`}`;
  const tail = escapedData(data);
  return `::${head}::${/^[^ -~]/.test(tail) ? `%0A${tail}` : tail}\n`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedTitle(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
