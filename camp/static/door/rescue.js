// What the server has not named yet, as text that an organiser can paste at the desk: no name but that of walk-ins.

export function showRescue({ part, given, queue }) {
  const lines = [JSON.stringify({ camp: given.camp, device: given.device }), ...queue.map((one) => JSON.stringify(one))];
  const text = part("rescue-text");
  text.value = lines.join("\n");
  part("rescue-copy").onclick = async () => {
    await navigator.clipboard?.writeText(text.value).catch(() => {});
    text.select();
  };
  const file = part("rescue-file");
  file.href = URL.createObjectURL(new Blob([text.value], { type: "text/plain" }));
  file.download = `door-${given.camp}-${given.device}.txt`;
  part("rescue-dialog").showModal();
}
