// What the phone keeps: the list by drawers, events until the server has named them, what it did itself, and single facts.

const STORES = ["facts", "drawers", "queue", "mine"];

export async function open(name) {
  const base = await new Promise((done, failed) => {
    const asking = indexedDB.open(name, 1);
    asking.onupgradeneeded = () => STORES.forEach((store) => asking.result.createObjectStore(store));
    asking.onsuccess = () => done(asking.result);
    asking.onerror = () => failed(asking.error);
    asking.onblocked = () => failed(new Error("blocked"));
  });

  // One transaction; strict, so that what is answered lies on the disk. Nothing else may be awaited within.
  function run(names, mode, work) {
    return new Promise((done, failed) => {
      const step = base.transaction(names, mode, { durability: "strict" });
      const asked = work(...names.map((one) => step.objectStore(one)));
      step.oncomplete = () => done(asked && "result" in asked ? asked.result : asked);
      step.onerror = step.onabort = () => failed(step.error);
    });
  }

  return {
    run,
    get: (store, key) => run([store], "readonly", (one) => one.get(key)),
    all: (store) => run([store], "readonly", (one) => one.getAll()),
    put: (store, key, value) => run([store], "readwrite", (one) => one.put(value, key)),
    remove: (store, ...keys) => run([store], "readwrite", (one) => { keys.forEach((key) => one.delete(key)); }),
    forgetNames: () => run(["drawers", "mine", "facts"], "readwrite", (...all) => { all.forEach((one) => one.clear()); }),
  };
}
