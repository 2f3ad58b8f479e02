when title contains word "DRH" add 40
hot >= 0
cold otherwise
