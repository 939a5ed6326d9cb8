/** The groups of items that need each other, each item in exactly one; numbers stand for items. Tarjan, without recursion. */
export function groupsOf(count: number, needs: (item: number) => readonly number[]): number[][] {
  const order = new Array<number>(count).fill(-1);
  const low = new Array<number>(count).fill(0);
  const waiting: number[] = [];
  const isWaiting = new Array<boolean>(count).fill(false);
  const groups: number[][] = [];
  let next = 0;
  const enter = (item: number) => {
    order[item] = low[item] = next++;
    waiting.push(item);
    isWaiting[item] = true;
    return { item, left: [...needs(item)] };
  };
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const open = [enter(root)];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const { item, left } = top;
      const need = left.pop();
      if (need !== undefined) {
        if (order[need] === -1) open.push(enter(need));
        else if (isWaiting[need]) low[item] = Math.min(low[item] ?? 0, order[need] ?? 0);
        continue;
      }
      open.pop();
      const above = open.at(-1);
      if (above) low[above.item] = Math.min(low[above.item] ?? 0, low[item] ?? 0);
      if (low[item] !== order[item]) continue;
      const group = waiting.splice(waiting.lastIndexOf(item));
      for (const one of group) isWaiting[one] = false;
      groups.push(group);
    }
  }
  return groups;
}

/** A shortest way from an item back to itself, which it begins with. */
export function circleFrom(start: number, needs: (item: number) => readonly number[]): number[] {
  const cameFrom = new Map<number, number>();
  for (const queue = [start]; queue.length > 0; ) {
    const item = queue.shift();
    if (item === undefined) break;
    for (const need of needs(item)) {
      if (need === start) return wayTo(item, start, cameFrom);
      if (cameFrom.has(need)) continue;
      cameFrom.set(need, item);
      queue.push(need);
    }
  }
  return [start];
}

function wayTo(end: number, start: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const way = [end];
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}
