// The database page. It gets everything as messages, and puts it on the page as text, never as markup.
// @ts-check

/** @typedef {import('../src/extension/webview/messages').ToPage} ToPage */
/** @typedef {import('../src/extension/webview/messages').FromPage} FromPage */
/** @typedef {import('../src/extension/webview/messages').TableInfo} TableInfo */
/** @typedef {import('../src/extension/webview/messages').Problem} Problem */
/** @typedef {{table?: string, offset?: number}} Place what is looked at; kept while the page is hidden */

(() => {
  // @ts-expect-error VS Code puts this function into its webviews, and it may be called once.
  const vscode = acquireVsCodeApi();
  /** @type {Readonly<Record<string, string>>} */
  const texts = JSON.parse(document.body.dataset.texts ?? '{}');
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  /** @type {Extract<ToPage, {type: 'overview'}> | undefined} */
  let overview;
  /** @type {Place} */
  let place = vscode.getState() ?? {};

  window.addEventListener('message', ({ data }) => receive(/** @type {ToPage} */ (data)));
  main.replaceChildren(element('p', { className: 'quiet', role: 'status' }, [texts.loading]));
  send({ type: 'ready' });

  /** @param {FromPage} message */
  function send(message) {
    vscode.postMessage(message);
  }

  /** @param {ToPage} message */
  function receive(message) {
    if (message.type === 'problem') {
      overview = undefined;
      main.replaceChildren(...head(message.name, message.facts), problem(message.problem));
    }
    if (message.type === 'overview') {
      overview = message;
      showOverview(message);
    }
    if (message.type === 'rows' && isShown(message)) showRows(message);
    if (message.type === 'rowsProblem' && isShown(message)) rowsPart().replaceChildren(problem(message.problem));
  }

  /** An answer that comes after the user has gone on is for nobody. @param {{table: string, offset: number}} message */
  function isShown({ table, offset }) {
    return place.table === table && (place.offset ?? 0) === offset;
  }

  /** @param {Extract<ToPage, {type: 'overview'}>} message */
  function showOverview({ name, facts, note, tables }) {
    const parts = head(name, facts);
    if (note) parts.push(element('p', { className: 'note', role: 'note' }, [note]));
    if (tables.length === 0) {
      main.replaceChildren(...parts, element('p', { className: 'quiet' }, [texts.noTables]));
      return;
    }
    const list = element('ul', {}, tables.map(tableRow));
    const nav = element('nav', { ariaLabel: texts.tables }, [element('h2', {}, [texts.tables]), list]);
    main.replaceChildren(...parts, element('div', { className: 'panes' }, [nav, element('section', { id: 'table' }, [])]));
    const known = tables.find((table) => table.name === place.table) ?? tables[0];
    if (known) showTable(known, known.name === place.table ? (place.offset ?? 0) : 0);
  }

  /** @param {string} name @param {readonly {label: string, value: string}[]} facts */
  function head(name, facts) {
    const pairs = facts.map(({ label, value }) => {
      return element('div', {}, [element('dt', {}, [label]), element('dd', {}, [value])]);
    });
    return [element('h1', {}, [name]), element('dl', {}, pairs)];
  }

  /** @param {TableInfo} table */
  function tableRow(table) {
    const label = element('span', { className: 'name' }, [table.name]);
    const count = element('span', { className: 'count' }, [formatted(table.rows)]);
    const button = element('button', { className: 'table' }, [label, count]);
    button.dataset.table = table.name;
    button.title = `${kindOf(table)} ${table.name}`;
    button.addEventListener('click', () => showTable(table, 0));
    return element('li', {}, [button]);
  }

  /** @param {TableInfo} table @param {number} offset */
  function showTable(table, offset) {
    for (const button of document.querySelectorAll('nav button')) {
      const isThis = /** @type {HTMLElement} */ (button).dataset.table === table.name;
      button.setAttribute('aria-current', String(isThis));
    }
    const about = [kindOf(table), ...table.connections].join(' · ');
    const columns = [texts.name, texts.type, texts.key, texts.default];
    const rows = table.columns.map((column) => [
      column.name,
      column.type,
      column.isKey ? (texts.primaryKey ?? '') : '',
      column.default ?? '',
    ]);
    const part = /** @type {HTMLElement} */ (document.getElementById('table'));
    part.setAttribute('aria-label', table.name);
    part.replaceChildren(
      element('h2', {}, [table.name]),
      element('p', { className: 'quiet' }, [about]),
      ...(table.comment ? [element('p', {}, [table.comment])] : []),
      element('h3', {}, [texts.columns]),
      grid(texts.columns ?? '', columns, rows),
      element('h3', {}, [texts.rows]),
      element('div', { id: 'rows', className: 'rows' }, []),
    );
    askRows(table, offset);
  }

  /** @param {TableInfo} table @param {number} offset */
  function askRows(table, offset) {
    // The table may have shrunk since this place was kept.
    const last = Math.max(0, Math.floor((table.rows - 1) / pageSize()) * pageSize());
    place = { table: table.name, offset: Math.min(offset, last) };
    vscode.setState(place);
    rowsPart().setAttribute('aria-busy', 'true');
    if (rowsPart().childElementCount === 0) rowsPart().replaceChildren(element('p', { className: 'quiet' }, [texts.loading]));
    send({ type: 'rows', table: table.name, offset: place.offset ?? 0 });
  }

  /** @param {Extract<ToPage, {type: 'rows'}>} message */
  function showRows({ table: name, offset, columns, rows }) {
    const table = overview?.tables.find((one) => one.name === name);
    if (!table) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.step;
    const body =
      rows.length === 0
        ? [element('p', { className: 'quiet' }, [texts.noRows])]
        : [pager(table, offset, rows.length), grid(texts.rows ?? '', columns, rows)];
    rowsPart().setAttribute('aria-busy', 'false');
    rowsPart().replaceChildren(...body);
    // The pager is new: whoever pages by keyboard goes on where they were.
    const again = focused && rowsPart().querySelector(`[data-step="${focused}"]`);
    if (again) /** @type {HTMLElement} */ (again).focus();
  }

  /** @param {TableInfo} table @param {number} offset @param {number} count */
  function pager(table, offset, count) {
    const last = Math.max(0, Math.floor((table.rows - 1) / pageSize()) * pageSize());
    const range = (texts.range ?? '')
      .replace('{from}', formatted(offset + 1))
      .replace('{to}', formatted(offset + count))
      .replace('{total}', formatted(table.rows));
    /** @param {string} step @param {string} sign @param {number} to @param {boolean} isOff */
    const button = (step, sign, to, isOff) => {
      const made = element('button', { className: 'step', ariaLabel: texts[step], title: texts[step] }, [sign]);
      made.dataset.step = step;
      // A disabled button would lose the focus.
      made.setAttribute('aria-disabled', String(isOff));
      if (!isOff) made.addEventListener('click', () => askRows(table, to));
      return made;
    };
    return element('div', { className: 'pager' }, [
      button('first', '«', 0, offset === 0),
      button('previous', '‹', Math.max(0, offset - pageSize()), offset === 0),
      element('span', { role: 'status' }, [range]),
      button('next', '›', offset + pageSize(), offset >= last),
      button('last', '»', last, offset >= last),
    ]);
  }

  /** @param {string} label @param {readonly (string | undefined)[]} columns @param {readonly (readonly (string | null)[])[]} rows */
  function grid(label, columns, rows) {
    const heads = columns.map((name) => element('th', { scope: 'col' }, [name]));
    const lines = rows.map((row) => element('tr', {}, row.map(cell)));
    const table = element('table', { ariaLabel: label }, [
      element('thead', {}, [element('tr', {}, heads)]),
      element('tbody', {}, lines),
    ]);
    // Wide tables scroll by themselves, with the keyboard too.
    return element('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: label }, [table]);
  }

  /** @param {string | null} value */
  function cell(value) {
    if (value === null) return element('td', { className: 'null' }, ['NULL']);
    return element('td', value.length > 40 ? { title: value } : {}, [value]);
  }

  /** @param {Problem} problem */
  function problem({ message, hint, actions }) {
    const buttons = actions.map((action) => {
      const button = element('button', {}, [texts[action]]);
      button.addEventListener('click', () => send({ type: 'action', action }));
      return button;
    });
    const hints = hint === '' ? [] : [element('p', {}, [hint])];
    return element('div', { className: 'problem', role: 'alert' }, [
      element('p', { className: 'message' }, [message]),
      ...hints,
      element('div', { className: 'actions' }, buttons),
    ]);
  }

  function rowsPart() {
    return /** @type {HTMLElement} */ (document.getElementById('rows'));
  }

  function pageSize() {
    return overview?.rowsPerPage ?? 100;
  }

  /** @param {TableInfo} table */
  function kindOf({ kind }) {
    return texts[kind] ?? kind;
  }

  /** @param {number} count */
  function formatted(count) {
    return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} name
   * @param {Readonly<Record<string, string | number | undefined>>} properties
   * @param {readonly (Node | string | undefined)[]} children
   * @returns {HTMLElementTagNameMap[K]}
   */
  function element(name, properties, children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.map((child) => child ?? ''));
    return made;
  }
})();
