// The colours that were chosen, before anything is shown. Where nothing can be kept, those of the system.
(() => {
    try {
        const theme = localStorage.getItem("tlsinterop-theme");
        if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    } catch { /* A browser may keep nothing for files of a disk. */ }
})();
