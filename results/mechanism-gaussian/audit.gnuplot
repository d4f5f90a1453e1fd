$diagonal << END
0 0
8.64 8.64
END
$curve0 << END
1 0.613065
2 1.21756
4 2.26633
8 4.42728
END
$curve1 << END
1 0.941729
2 1.84328
4 3.84052
8 7.35567
END
$curve2 << END
1 0.517981
2 0.899959
4 1.95098
8 3.56657
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set xrange [0:8.64]
set yrange [0:8.64]
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, add-or-remove-one, full-participation, pld accountant}"
set ylabel "Audited ε (lower bound)\n{/*0.7 95 % confidence each}"
set key top left Left reverse opaque font ",10" samplen 2.5 spacing 1.15
plot $diagonal using 1:2 with lines linestyle 9 dashtype 2 title "the accountant's upper bound", \
     $curve0 using 1:2 with linespoints linestyle 1 title "clopper-pearson", \
     $curve1 using 1:2 with linespoints linestyle 2 title "gaussian-dp", \
     $curve2 using 1:2 with linespoints linestyle 3 title "one-run"
